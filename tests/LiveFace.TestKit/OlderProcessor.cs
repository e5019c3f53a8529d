using System.Diagnostics;
using System.Reflection;

namespace LiveFace.TestKit;

/// <summary>
/// Runs tests again in a process that is told to do without some of the processor's instructions, so that the ways for
/// other processors are walked on this one too.
/// </summary>
public static class OlderProcessor
{
    /// <summary>The settings that switch off the widest vectors, those that most have, and all of them.</summary>
    public static TheoryData<string> Switches => ["DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"];

    /// <summary>Runs the methods of this very program; fails when one does, or when not so many were found.</summary>
    public static async Task RunAsync(string switchedOff, int count, string[] methods, CancellationToken cancel)
    {
        var program = Path.Combine(AppContext.BaseDirectory, Assembly.GetEntryAssembly()!.GetName().Name!);
        var start = new ProcessStartInfo(program, ["-noColor", .. methods.SelectMany(method => new[] { "-method", method })])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment[switchedOff] = "0";
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        process.ExitCode.ShouldBe(0, said);
        said.ShouldContain($"Total: {count}");
    }
}
