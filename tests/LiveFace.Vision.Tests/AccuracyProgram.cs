using System.Diagnostics;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests;

/// <summary>The accuracy tool as this build made it.</summary>
internal static class AccuracyProgram
{
    public static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var cancel = TestContext.Current.CancellationToken;
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(
            Repository.Root, "bench", "LiveFace.Accuracy", "bin", built.Parent!.Name, built.Name, "LiveFace.Accuracy.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, await output + await errors);
    }
}
