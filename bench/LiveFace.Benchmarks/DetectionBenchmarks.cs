using BenchmarkDotNet.Attributes;
using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Benchmarks;

/// <summary>One look of each model at a whole 640×480 picture (tensor, inference, decoding) on one and two threads.</summary>
[MemoryDiagnoser]
public class DetectionBenchmarks
{
    private readonly FramePool _pool = new();
    private readonly DetectionList _found = new();
    private OnnxDetector _detector = null!;
    private IDetectorLane _lane = null!;
    private VideoFrame _frame = null!;

    /// <summary>Every model of the catalogue that finds things and is on.</summary>
    public static IEnumerable<string> Models => Catalogue().Models
        .Where(m => m.IsOn && m.Job is ModelJob.Faces or ModelJob.Objects or ModelJob.Outline or ModelJob.Text)
        .Select(m => m.Id);

    [ParamsSource(nameof(Models))]
    public string Model { get; set; } = "";

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var catalogue = Catalogue();
        using var preparation = new ModelPreparation(catalogue, TimeProvider.System);
        var entry = catalogue.Find(Model);
        var path = preparation.PrepareAsync(entry, progress: null, CancellationToken.None).GetAwaiter().GetResult();
        _detector = OnnxDetector.Open(entry, path, Threads);
        _lane = _detector.OpenLane(1);
        _frame = TestPicture.Noise(_pool, 640, 480);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _lane.Dispose();
        _detector.Dispose();
        _frame.Dispose();
    }

    [Benchmark]
    public DetectionVerdict Look()
    {
        _found.Clear();
        _lane.Sample(_frame, new PixelRect(0, 0, 640, 480), _detector.InputSize);
        return _lane.Infer(_found);
    }

    internal static ModelCatalogue Catalogue()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "LiveFace.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Run it inside the repository.");
        return ModelCatalogue.Load(Path.Combine(folder, "models"));
    }
}
