using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace LiveFace.Cluster.Tests.Deploy;

/// <summary>A container's command with a container's environment, as a process of this machine.</summary>
internal sealed partial class DeployedProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-deployed-").FullName;
    private readonly StringBuilder _log = new();
    private readonly Process _process;

    private DeployedProcess(string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = input is not null, WorkingDirectory = _folder };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Hear;
        _process.ErrorDataReceived += Hear;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (input is null)
            return;
        _process.StandardInput.Write(input);
        _process.StandardInput.Close();
    }

    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>The first key, of the server that made it; null at the others.</summary>
    public string? StartKey => Key().Match(Log) is { Success: true } match ? Uri.UnescapeDataString(match.Groups["key"].Value) : null;

    /// <summary>The image's entry point and command.</summary>
    public static DeployedProcess Server(IEnumerable<(string Name, string Value)> environment) => new(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "liveface.dll"), "serve"], [.. environment, ("Models__Folder", RealModels.Catalogue.Folder), ("Rooms__FullAt", "1")]);

    /// <summary>nginx with a file of its own in a folder that it may write to.</summary>
    public static DeployedProcess Nginx(string configuration)
    {
        var user = Environment.UserName == "root" ? "user root;\n" : "";
        var temporary = string.Concat(((string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]).Select(kind => $"{kind}_temp_path {kind};\n"));
        return new DeployedProcess(
            "bash", ["-c", "cat > nginx.conf && exec /usr/sbin/nginx -e stderr -p \"$PWD\" -c nginx.conf -g 'daemon off;'"], [], $"{user}pid pid;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{configuration}\n}}\n");
    }

    /// <summary>All that it began as well: nginx has workers.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
            _log.AppendLine(line.Data);
    }

    [GeneratedRegex(@"#key=(?<key>[^\s""]+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
