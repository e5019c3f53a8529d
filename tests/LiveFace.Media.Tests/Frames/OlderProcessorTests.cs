using System.Diagnostics;

namespace LiveFace.Media.Tests.Frames;

/// <summary>
/// The same tests in a process that is told to do without the newer instructions, so that the ways for other processors
/// are walked on this one too.
/// </summary>
public sealed class OlderProcessorTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Every_kernel_makes_the_same_without_newer_instructions(string switchedOff)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "LiveFace.Media.Tests");
        string[] names = ["TensorSamplerTests.Any*", "FrameScalerTests.Any*", "FrameRotationTests.Each*", "RgbaConversionTests.Every*"];
        var start = new ProcessStartInfo(program, ["-noColor", .. names.SelectMany(name => new[] { "-method", $"LiveFace.Media.Tests.Frames.{name}" })])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment[switchedOff] = "0";
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, said);
        said.ShouldContain("Total: 16");
    }
}
