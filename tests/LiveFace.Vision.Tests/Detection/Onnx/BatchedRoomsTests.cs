using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Vision.Tests.Detection.Onnx;

/// <summary>Rooms, each on a thread of its own, whose windows are looked at together by the real default model on the CPU.</summary>
public sealed class BatchedRoomsTests : BatchedRoomsTestBase
{
    [Fact]
    public async Task Rooms_together_see_what_each_sees_alone()
    {
        using var alone = await OpenAsync(null);
        using var together = await OpenAsync(Patient);
        using var frame = ReadPortrait();
        alone.Batcher.ShouldBeNull();
        var batcher = together.Batcher.ShouldNotBeNull();
        var lanes = Lanes(together, slots: 2);

        // Two windows of two sizes each; the rooms look at different parts of the picture.
        var seen = await Task.WhenAll(Enumerable.Range(0, Rooms).Select(room => InRoom(() => Look(lanes[room], frame, room))));

        for (var room = 0; room < Rooms; room++)
        {
            using var lane = alone.OpenLane(2);
            var (verdict, expected) = Look(lane, frame, room);
            verdict.ShouldBe(DetectionVerdict.Seen);
            seen[room].Verdict.ShouldBe(DetectionVerdict.Seen);
            ShouldBeAlike(seen[room].Found, expected);
        }

        seen[0].Found.Length.ShouldBeGreaterThan(0);
        batcher.Ran.ShouldBe((2, 2 * Rooms));
        foreach (var lane in lanes)
            lane.Dispose();
    }

    [Fact]
    public async Task A_room_alone_waits_for_nobody()
    {
        using var detector = await OpenAsync(Patient);
        using var frame = ReadPortrait();
        using var lane = detector.OpenLane(2);
        (await InRoom(() => Look(lane, frame, 0))).Verdict.ShouldBe(DetectionVerdict.Seen);
    }

    [Fact]
    public async Task Rooms_that_look_together_allocate_nothing()
    {
        using var detector = await OpenAsync(Patient);
        using var frame = ReadPortrait();
        var lanes = Lanes(detector, slots: 2);
        var answers = await Task.WhenAll(lanes.Select(lane => InRoom(() =>
        {
            var found = new DetectionList();
            var seen = 0;
            for (var i = 0; i < 5; i++)
                Round(lane, found, ref seen);
            var before = ThreadAllocations.Begin();
            for (var i = 0; i < 10; i++)
                Round(lane, found, ref seen);
            return (Seen: seen, Allocated: ThreadAllocations.Since(before));
        })));
        answers.ShouldAllBe(answer => answer.Seen == 15 && answer.Allocated == 0);
        detector.Batcher!.Ran.ShouldBe((15, 15 * Rooms));
        foreach (var lane in lanes)
            lane.Dispose();

        void Round(IDetectorLane lane, DetectionList found, ref int seen)
        {
            found.Clear();
            lane.Sample(frame, new PixelRect(0, 0, 512, 512), Size);
            if (lane.Infer(found) == DetectionVerdict.Seen)
                seen++;
        }
    }

    private static void ShouldBeAlike(DetectedObject[] seen, DetectedObject[] expected)
    {
        seen.Length.ShouldBe(expected.Length);
        foreach (var (one, other) in seen.Zip(expected))
        {
            one.Score.ShouldBe(other.Score, 1e-3);
            one.Box.Left.ShouldBe(other.Box.Left, 0.05);
            one.Box.Top.ShouldBe(other.Box.Top, 0.05);
            one.Box.Right.ShouldBe(other.Box.Right, 0.05);
            one.Box.Bottom.ShouldBe(other.Box.Bottom, 0.05);
        }
    }
}
