using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveFace.Tests.Jobs;

/// <summary>The program itself as a process, on a free port, with its own data and temporary folder.</summary>
internal sealed partial class ServerProgram : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProgram(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    public static async Task<ServerProgram> StartAsync(string data, string temporary, params string[] settings)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "liveface"),
        [
            "serve", "--Listen=http://127.0.0.1:0", $"--Storage:Folder={data}", "--Media:Port=0", "--Media:Bind:0=127.0.0.1",
            $"--Models:Folder={RealModels.Catalogue.Folder}", "--Films:SegmentSeconds=1", "--Logging:LogLevel:Default=Error", .. settings,
        ])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true, Environment = { ["TMPDIR"] = temporary },
        };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (Address().Match(line) is { Success: true } found)
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new ServerProgram(process, new Uri(found.Value));
            }

        throw new InvalidOperationException("The server did not start.");
    }

    /// <summary>As the system kills: it is told nothing before.</summary>
    public void Kill() => _process.Kill();

    public void Hold() => Send("-STOP");

    public void LetGoOn() => Send("-CONT");

    /// <summary>Waits until its worker is as nice to all others on the machine as a process can be.</summary>
    public Task UntilWorkerIsNiceAsync() => Eventually.IsAsync(() => Worker() is { } worker && NicenessOf(worker) == 19);

    /// <summary>Kills its worker, as soon as there is one.</summary>
    public async Task KillWorkerAsync()
    {
        int? worker = null;
        await Eventually.IsAsync(() => (worker = Worker()) is not null);
        using var process = Process.GetProcessById(worker!.Value);
        process.Kill(entireProcessTree: false);
        await Eventually.IsAsync(() => Worker() != worker);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private void Send(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static int NicenessOf(int process)
    {
        try
        {
            return int.Parse(File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ')[17], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private int? Worker()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                    && File.ReadAllText($"{folder}/cmdline").Contains("job-worker", StringComparison.Ordinal)
                    && File.ReadAllText($"{folder}/stat").Split(')')[^1].Split(' ')[2] == _process.Id.ToString(CultureInfo.InvariantCulture))
                    return id;
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended while it was looked at.
            }
        }

        return null;
    }

    [GeneratedRegex("http://[^ ]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();
}
