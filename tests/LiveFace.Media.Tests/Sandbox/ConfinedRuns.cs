using LiveFace.Media.Ffmpeg;
using LiveFace.Media.Sandbox;

namespace LiveFace.Media.Tests.Sandbox;

/// <summary>Runs a tool confined, as the server does.</summary>
internal static class ConfinedRuns
{
    public static async Task<(int Code, string Said)> RunAsync(FfmpegTools tools, string tool, ToolAccess access, params string[] arguments)
    {
        await using var process = FfmpegProcess.Start(tools, tool, access, arguments, takesInput: false);
        return (await process.WaitAsync(TestContext.Current.CancellationToken), process.Said);
    }
}
