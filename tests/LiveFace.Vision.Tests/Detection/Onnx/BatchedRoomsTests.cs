using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Detection.Onnx;

/// <summary>Rooms, each on a thread of its own, whose windows are looked at together by the real default model on the CPU.</summary>
public sealed class BatchedRoomsTests : IDisposable
{
    private const string Portrait = "/usr/lib/python3/dist-packages/skimage/data/astronaut.png";
    private const int Rooms = 4;

    private static readonly InputSize Size = new(320, 256);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    // Long enough that only the rooms' being complete, or a full batch, ends the waiting.
    private static readonly BatchSettings Patient = new() { Wait = TimeSpan.FromMinutes(5) };

    private readonly FramePool _pool = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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

    public void Dispose() => _pool.Dispose();

    private static InferenceSessions Sessions(string batching) => new(
        Repository.Catalogue, Repository.Preparation, new InferenceOptions { Device = "cpu", Threads = 1, Batching = batching });

    private static async Task<OnnxDetector> OpenAsync(BatchSettings? batches) => new(
        Repository.Catalogue.Find("ultraface"),
        new Microsoft.ML.OnnxRuntime.InferenceSession(await Repository.ModelAsync("ultraface")), batches: batches);

    private static IDetectorLane[] Lanes(OnnxDetector detector, int slots) =>
        [.. Enumerable.Range(0, Rooms).Select(_ => detector.OpenLane(slots))];

    /// <summary>As a room does it, on a thread that may be held.</summary>
    private static Task<T> InRoom<T>(Func<T> work) =>
        Task.Factory.StartNew(work, Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Deadline, Cancel);

    private static (DetectionVerdict Verdict, DetectedObject[] Found) Look(IDetectorLane lane, VideoFrame frame, int room)
    {
        var found = new DetectionList();
        lane.Sample(frame, new PixelRect(0, 0, 512, 512), new InputSize(480, 352));
        lane.Sample(frame, new PixelRect(60 + 10 * room, 5 * room, 320, 240), Size);
        var verdict = lane.Infer(found);
        return (verdict, found.Items.ToArray());
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

    private VideoFrame ReadPortrait() => ImageFile.Decode(File.ReadAllBytes(Portrait), _pool);
}
