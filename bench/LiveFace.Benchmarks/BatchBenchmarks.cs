using BenchmarkDotNet.Attributes;
using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models.Preparation;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Benchmarks;

/// <summary>Windows of the default model one by one, and the same windows in one inference, on the CPU.</summary>
[MemoryDiagnoser]
public class BatchBenchmarks
{
    private static readonly InputSize Size = new(320, 256);

    private readonly FramePool _pool = new();
    private readonly DetectionList _found = new();
    private OnnxDetector _alone = null!;
    private OnnxDetector _together = null!;
    private IDetectorLane _aloneLane = null!;
    private IDetectorLane _togetherLane = null!;
    private VideoFrame _frame = null!;

    [Params(2, 8)]
    public int Windows { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var catalogue = DetectionBenchmarks.Catalogue();
        using var preparation = new ModelPreparation(catalogue, TimeProvider.System);
        var entry = catalogue.Find("ultraface");
        var path = preparation.PrepareAsync(entry, progress: null, CancellationToken.None).GetAwaiter().GetResult();
        using var options = new SessionOptions { IntraOpNumThreads = Threads, InterOpNumThreads = 1 };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _alone = new OnnxDetector(entry, new InferenceSession(path, options));
        _together = new OnnxDetector(entry, new InferenceSession(path, options), batches: new BatchSettings());
        _aloneLane = _alone.OpenLane(Windows);
        _togetherLane = _together.OpenLane(Windows);
        _frame = TestPicture.Noise(_pool, 640, 480);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _aloneLane.Dispose();
        _togetherLane.Dispose();
        _alone.Dispose();
        _together.Dispose();
        _frame.Dispose();
    }

    [Benchmark(Baseline = true)]
    public DetectionVerdict OneByOne() => Look(_aloneLane);

    [Benchmark]
    public DetectionVerdict Together() => Look(_togetherLane);

    private DetectionVerdict Look(IDetectorLane lane)
    {
        _found.Clear();
        for (var i = 0; i < Windows; i++)
            lane.Sample(_frame, new PixelRect(10 * i, 10 * i, 320, 256), Size);
        return lane.Infer(_found);
    }
}
