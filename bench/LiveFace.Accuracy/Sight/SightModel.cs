using LiveFace.Films.Looks;
using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;

namespace LiveFace.Accuracy.Sight;

/// <summary>A face model of the catalogue and what a pass through it costs beside the others.</summary>
internal sealed class SightModel : IDisposable
{
    /// <summary>What a small pass of the first model costs in a room on a slow core (docs/reference/benchmarks.md).</summary>
    private const double SmallPassMs = 2.6;

    private readonly List<OnnxDetector> _seconds = [];
    private OnnxDetector? _quick;

    private SightModel(OnnxDetector detector) => Detector = detector;

    public OnnxDetector Detector { get; }

    /// <summary>The model as files are looked at with it: with others beside it, and where it is for files alone the rooms' in its place for glances.</summary>
    public FileModel File => new(LiveSeeing.Model, Detector, LookViews.All, _seconds, _quick);

    /// <summary>The models that look beside it offline.</summary>
    public IReadOnlyList<OnnxDetector> Seconds => _seconds;

    /// <summary>Milliseconds at the sizes of <see cref="PassCost"/>, over those of the first model.</summary>
    public double[] Ratios { get; set; } = [];

    public static async Task<SightModel> OpenAsync(string id)
    {
        var model = new SightModel(await Models.OpenAsync(id));
        foreach (var second in Models.All.BesideOf(Models.All.Find(id)))
            model._seconds.Add(await Models.OpenAsync(second.Id));
        if (Models.All.Find(id).IsForFiles)
            model._quick = await Models.OpenAsync(Models.All.ForPolicy(LiveSeeing.Model)!.Id);
        return model;
    }

    public IEnumerable<IStillLook> Looks(IReadOnlyList<string> kinds, FramePool pool)
    {
        foreach (var kind in kinds)
            yield return kind switch
            {
                "whole" => new WholeLook(Detector),
                "live" => new LiveLook(Detector, CallMs),
                "offline" => new OfflineLook(File, Detector, pool),
                _ => throw new InvalidDataException($"There is no look '{kind}': whole, live, offline."),
            };
    }

    /// <summary>What a pass at 320×240 is taken to cost live; coarsely rounded, so that a run can be repeated.</summary>
    public double CallMs => SmallPassMs * Math.Round(Ratios[0] * 10) / 10;

    public void Dispose()
    {
        Detector.Dispose();
        _seconds.ForEach(second => second.Dispose());
        _quick?.Dispose();
    }
}
