using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Vision.Tests.Detection.Onnx;

/// <summary>Rooms that close, inferences that fail, and the end, with windows waiting.</summary>
public sealed class BatchEndTests : BatchedRoomsTestBase
{
    [Fact]
    public async Task A_room_that_closes_takes_its_windows_back_and_the_others_are_answered()
    {
        using var detector = await OpenAsync(Patient);
        using var frame = ReadPortrait();
        var batcher = detector.Batcher.ShouldNotBeNull();
        var lanes = Lanes(detector, slots: 2);
        var leaving = InRoom(() => Look(lanes[0], frame, 0));
        await Eventually.IsAsync(() => batcher.Waiting == 2);
        lanes[0].Dispose();
        (await leaving).Verdict.ShouldBe(DetectionVerdict.Failed);

        var others = await Task.WhenAll(lanes.Skip(1).Select(lane => InRoom(() => Look(lane, frame, 0))));

        others.ShouldAllBe(answer => answer.Verdict == DetectionVerdict.Seen && answer.Found.Length > 0);
        batcher.Ran.Windows.ShouldBe(2 * (Rooms - 1));
        foreach (var lane in lanes.Skip(1))
            lane.Dispose();
    }

    [Fact]
    public async Task An_inference_that_fails_hides_every_picture_in_it_and_the_next_one_is_answered()
    {
        using var detector = await OpenAsync(Patient);
        using var frame = ReadPortrait();
        var batcher = detector.Batcher.ShouldNotBeNull();
        var lanes = Lanes(detector, slots: 2);
        batcher.BeforeRun = () => throw new InvalidOperationException("The device is told to fail.");
        var failed = await Task.WhenAll(lanes.Select(lane => InRoom(() => Look(lane, frame, 0))));
        failed.ShouldAllBe(answer => answer.Verdict == DetectionVerdict.Failed && answer.Found.Length == 0);

        batcher.BeforeRun = null;
        var seen = await Task.WhenAll(lanes.Select(lane => InRoom(() => Look(lane, frame, 0))));
        seen.ShouldAllBe(answer => answer.Verdict == DetectionVerdict.Seen);
        foreach (var lane in lanes)
            lane.Dispose();
    }

    [Fact]
    public async Task A_batch_that_is_under_way_when_all_ends_is_finished_and_what_waits_is_told_that_nothing_is_known()
    {
        using var detector = await OpenAsync(Patient with { Most = 2 });
        using var frame = ReadPortrait();
        var batcher = detector.Batcher.ShouldNotBeNull();
        var lanes = Lanes(detector, slots: 2);
        using var mayRun = new ManualResetEventSlim();
        using var runs = new ManualResetEventSlim();
        batcher.BeforeRun = () =>
        {
            runs.Set();
            mayRun.Wait(Deadline, Cancel);
        };
        var running = InRoom(() => Twice(lanes[0]));
        runs.Wait(Deadline, Cancel);
        var waiting = InRoom(() => Twice(lanes[1]));
        await Eventually.IsAsync(() => batcher.Waiting == 2);

        batcher.Dispose();

        (await waiting).ShouldBe(DetectionVerdict.Failed);
        mayRun.Set();
        (await running).ShouldBe(DetectionVerdict.Seen);
        (await InRoom(() => Twice(lanes[2]))).ShouldBe(DetectionVerdict.Failed);
        foreach (var lane in lanes)
            lane.Dispose();

        DetectionVerdict Twice(IDetectorLane lane)
        {
            lane.Sample(frame, new PixelRect(0, 0, 512, 512), Size);
            lane.Sample(frame, new PixelRect(0, 0, 256, 256), Size);
            return lane.Infer(new DetectionList());
        }
    }
}
