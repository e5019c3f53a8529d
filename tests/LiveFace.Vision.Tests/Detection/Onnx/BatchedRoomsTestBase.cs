using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Detection.Onnx;

/// <summary>Rooms that look at a portrait with one session.</summary>
public abstract class BatchedRoomsTestBase : IDisposable
{
    private protected const int Rooms = 4;
    private protected static readonly InputSize Size = new(320, 256);
    private protected static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    // Long enough that only the rooms' being complete, or a full batch, ends the waiting.
    private protected static readonly BatchSettings Patient = new() { Wait = TimeSpan.FromMinutes(5) };

    private readonly FramePool _pool = new();
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static async Task<OnnxDetector> OpenAsync(BatchSettings? batches) => new(
        Repository.Catalogue.Find("ultraface"),
        new Microsoft.ML.OnnxRuntime.InferenceSession(await Repository.ModelAsync("ultraface")), batches: batches);

    private protected static IDetectorLane[] Lanes(OnnxDetector detector, int slots) =>
        [.. Enumerable.Range(0, Rooms).Select(_ => detector.OpenLane(slots))];

    /// <summary>As a room does it, on a thread that may be held.</summary>
    private protected static Task<T> InRoom<T>(Func<T> work) =>
        Task.Factory.StartNew(work, Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Deadline, Cancel);

    private protected static (DetectionVerdict Verdict, DetectedObject[] Found) Look(IDetectorLane lane, VideoFrame frame, int room)
    {
        var found = new DetectionList();
        lane.Sample(frame, new PixelRect(0, 0, 512, 512), new InputSize(480, 352));
        lane.Sample(frame, new PixelRect(60 + 10 * room, 5 * room, 320, 240), Size);
        var verdict = lane.Infer(found);
        return (verdict, found.Items.ToArray());
    }

    private protected VideoFrame ReadPortrait() => ImageFile.Decode(File.ReadAllBytes(Portrait.Path), _pool);
}
