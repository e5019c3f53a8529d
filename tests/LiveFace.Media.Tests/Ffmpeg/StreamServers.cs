using System.Diagnostics;

namespace LiveFace.Media.Tests.Ffmpeg;

/// <summary>Servers of other programs that take or give a stream.</summary>
internal static class StreamServers
{
    public static Process Listen(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "quiet", "-nostdin", .. arguments]) { UseShellExecute = false })!;

    public static async Task<Process> RtspServerAsync(params string[] arguments)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Ffmpeg", "rtsp_server.py");
        var server = Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        (await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("ready");
        return server;
    }

    /// <summary>Looks into the system's table: connecting to see would take the one place that the server has.</summary>
    public static async Task UntilListeningAsync(int port)
    {
        var wanted = $"0100007F:{port:X4} 00000000:0000 0A";
        while (!(await File.ReadAllTextAsync("/proc/net/tcp", TestContext.Current.CancellationToken)).Contains(wanted, StringComparison.Ordinal))
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }
}
