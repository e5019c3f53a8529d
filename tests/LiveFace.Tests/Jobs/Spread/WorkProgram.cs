using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace LiveFace.Tests.Jobs.Spread;

/// <summary><c>liveface work</c> as a process: killed, held and let go on as the system does it.</summary>
internal sealed class WorkProgram : IAsyncDisposable
{
    private readonly Process _process;

    private WorkProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
    }

    public ConcurrentQueue<string> Said { get; } = new();

    public static WorkProgram Start(string temporary, params string[] settings) => Start(Path.Combine(AppContext.BaseDirectory, "liveface"), [], temporary, settings);

    /// <summary>One for whom a folder is a disk of its own, with so little room.</summary>
    public static WorkProgram StartWithDisk(string folder, int kilobytes, string temporary, params string[] settings)
    {
        Directory.CreateDirectory(folder);
        string[] mount = ["-c", "mount -t tmpfs -o size=\"$1\"k none \"$2\" && shift 2 && exec \"$@\"", "sh", $"{kilobytes}", folder, Path.Combine(AppContext.BaseDirectory, "liveface")];
        return Start("unshare", Environment.UserName == "root" ? ["--mount", "sh", .. mount] : ["--map-root-user", "--mount", "sh", .. mount], temporary, settings);
    }

    private static WorkProgram Start(string program, string[] before, string temporary, string[] settings)
    {
        var start = new ProcessStartInfo(program,
            [.. before, "work", $"--Models:Folder={RealModels.Catalogue.Folder}", "--Films:SegmentSeconds=1", "--Films:LeaseSeconds=3", .. settings])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["TMPDIR"] = temporary },
        };
        return new WorkProgram(Process.Start(start)!);
    }

    /// <summary>As the system kills: its workers hear of it by the end of their pipe.</summary>
    public void Kill() => _process.Kill();

    /// <summary>As the system asks it to end; gives its exit code.</summary>
    public async Task<int> EndAsync()
    {
        Send("-TERM");
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Hold() => Send("-STOP");

    public void LetGoOn() => Send("-CONT");

    /// <summary>The processes that it has started for pieces of work.</summary>
    public IEnumerable<int> Workers() => Directory.EnumerateDirectories("/proc").Select(folder =>
    {
        try
        {
            return int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && File.ReadAllText($"{folder}/cmdline").Contains("job-worker", StringComparison.Ordinal)
                && File.ReadAllText($"{folder}/stat").Split(')')[^1].Split(' ')[2] == _process.Id.ToString(CultureInfo.InvariantCulture) ? id : 0;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }).Where(id => id > 0);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Send("-CONT");
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private void Send(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process.Id}"]);
        kill.WaitForExit();
    }
}
