namespace LiveFace.Media.Tests.Frames;

public sealed class OlderProcessorTests
{
    public static TheoryData<string> Switches => OlderProcessor.Switches;

    [Theory]
    [MemberData(nameof(Switches))]
    public Task Every_kernel_makes_the_same_without_newer_instructions(string switchedOff)
    {
        string[] names =
            ["TensorSamplerTests.Any*", "FrameScalerTests.Any*", "FrameRotationTests.Each*", "RgbaConversionTests.Every*", "PlaneHalvingTests.Every*"];
        return OlderProcessor.RunAsync(
            switchedOff, 17, [.. names.Select(name => $"LiveFace.Media.Tests.Frames.{name}")], TestContext.Current.CancellationToken);
    }
}
