using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Detection.Onnx;

/// <summary>Where windows are run together, and how many.</summary>
public sealed class BatchChoiceTests : BatchedRoomsTestBase
{
    [Fact]
    public async Task No_more_windows_than_are_set_wait_and_run_together()
    {
        using var detector = await OpenAsync(Patient with { Most = 2, MostWaiting = 3 });
        using var frame = ReadPortrait();
        using var lane = detector.OpenLane(5);
        for (var i = 0; i < 5; i++)
            lane.Sample(frame, new PixelRect(0, 0, 512, 512), Size);
        // Two of the five find no place to wait, so nothing is known of the picture.
        (await InRoom(() => lane.Infer(new DetectionList()))).ShouldBe(DetectionVerdict.Failed);
        detector.Batcher!.Ran.ShouldBe((2, 3));
    }

    // Blazeface joins its maps with constants made for one picture.
    [Theory]
    [InlineData("ultraface", true)]
    [InlineData("blazeface", false)]
    [InlineData("nanodet", true)]
    [InlineData("selfie", true)]
    [InlineData("ppocr", true)]
    public async Task Each_model_is_tried_whether_it_takes_several_windows(string id, bool takes)
    {
        using var sessions = Sessions("on");
        await Repository.ModelAsync(id);
        using var detectors = new Detectors(Repository.Catalogue, sessions);
        (((OnnxDetector)detectors.Get(id)).Batcher is not null).ShouldBe(takes);
    }

    [Fact]
    public async Task On_the_processor_each_window_is_looked_at_by_itself_unless_told_otherwise()
    {
        using var sessions = Sessions("auto");
        await Repository.ModelAsync("ultraface");
        using var detectors = new Detectors(Repository.Catalogue, sessions);
        ((OnnxDetector)detectors.Get("ultraface")).Batcher.ShouldBeNull();
        new InferenceOptions { Batching = "auto" }.BatchesOn(sessions.Device).ShouldBeNull();
    }

    private static InferenceSessions Sessions(string batching) => new(
        Repository.Catalogue, Repository.Preparation, new InferenceOptions { Device = "cpu", Threads = 1, Batching = batching });
}
