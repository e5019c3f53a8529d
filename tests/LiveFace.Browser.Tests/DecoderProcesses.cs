using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>The processes of a server in which streams are decoded.</summary>
internal static class DecoderProcesses
{
    /// <summary>The one child of the server that serves no room: the next room gets it.</summary>
    public static async Task<int> SpareAsync(LiveFaceServer server, List<int> taken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (Ready(server).Except(taken).ToArray() is [var spare])
                return spare;
            await Task.Delay(20, deadline.Token);
        }
    }

    public static IEnumerable<int> Ready(LiveFaceServer server) =>
        Directory.GetDirectories($"/proc/{server.Process.Id}/task").SelectMany(thread =>
            File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse)
            .Where(IsConfined);

    /// <summary>A worker is ready when its filter is in force.</summary>
    public static bool IsConfined(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/status").Contains("Seccomp:\t2", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
