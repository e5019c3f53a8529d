using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Tests.Clips;

namespace LiveFace.Accuracy;

/// <summary>One way of looking at a frame.</summary>
internal sealed class Way : IDisposable
{
    private readonly string _name;
    private readonly Func<VideoFrame, TimeSpan, BoxF[]> _look;
    private readonly Action _beginClip;
    private readonly Action _dispose;
    private readonly List<FoundMeasure> _found = [];
    private readonly List<double> _milliseconds = [];
    private int _frames;

    private Way(string name, Func<VideoFrame, TimeSpan, BoxF[]> look, Action? beginClip, Action dispose)
    {
        _name = name;
        _look = look;
        _beginClip = beginClip ?? (() => { });
        _dispose = dispose;
    }

    public static Way Whole(OnnxDetector detector, int width, int height) => Wholes(detector, (width, height));

    public static Way Wholes(OnnxDetector detector, params (int Width, int Height)[] sizes)
    {
        var lane = detector.OpenLane(sizes.Length);
        var found = new DetectionList();
        var name = $"whole frame at {string.Join(" and ", sizes.Select(s => $"{s.Width}×{s.Height}"))}";
        return new Way(name, (frame, _) =>
        {
            foreach (var (w, h) in sizes)
                lane.Sample(frame, new PixelRect(0, 0, frame.Width, frame.Height), new InputSize(w, h));
            found.Clear();
            lane.Infer(found);
            Suppression.KeepStrongest(found, detector.Thresholds.Overlap);
            return [.. found.Items.ToArray().Where(d => d.Score >= detector.Thresholds.Score).Select(d => d.Box)];
        }, null, lane.Dispose);
    }

    public static Way Tiles(OnnxDetector detector)
    {
        var tiles = new TileScan(detector);
        return new Way("nine tiles and whole, 320×240", (frame, _) => tiles.Look(frame).ToArray(), null, tiles.Dispose);
    }

    public static Way Live(OnnxDetector detector, int passes, TimeSpan pass)
    {
        VisionPipeline? pipeline = null;
        return new Way($"live, budget of {passes} small passes", (frame, at) =>
            [.. pipeline!.Observe(frame, at, passes * pass).ToArray().Select(t => t.Box)],
            () =>
            {
                pipeline?.Dispose();
                pipeline = new VisionPipeline([detector], new VisionOptions(), ThreadClock.Instance);
            },
            () => pipeline?.Dispose());
    }

    public void Begin() => _found.Add(new FoundMeasure());

    public void BeginClip() => _beginClip();

    public void Look(VideoFrame frame, TimeSpan at, ReadOnlySpan<FaceTruth> truth, bool counts)
    {
        var begin = ThreadClock.Instance.GetTimestamp();
        var boxes = _look(frame, at);
        if (!counts)
            return;
        _milliseconds.Add(ThreadClock.Instance.GetElapsedTime(begin).TotalMilliseconds);
        _found[^1].Count(truth, boxes);
        _frames++;
    }

    public string Row(Way peer)
    {
        var recall = string.Join(" | ", _found.Select(m => $"{100.0 * m.Found / m.Faces:F0} %"));
        var wrong = _found.Sum(m => m.Wrong) / (double)_frames;
        return $"| {_name} | {recall} | {wrong:F2} | {Found / (double)peer.Found:F2} | {Median / peer.Median:F2} |";
    }

    private int Found => _found.Sum(m => m.Found);

    private double Median => _milliseconds.Order().ElementAt(_milliseconds.Count / 2);

    public void Dispose() => _dispose();
}
