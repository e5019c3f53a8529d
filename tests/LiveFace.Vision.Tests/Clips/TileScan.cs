using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>The plain way to see small faces: the whole frame at 320×240 and nine overlapping tiles of that size.</summary>
internal sealed class TileScan(IDetector detector) : IDisposable
{
    private readonly IDetectorLane _lane = detector.OpenLane(10);
    private readonly DetectionList _found = new();
    private readonly BoxF[] _boxes = new BoxF[1024];

    public ReadOnlySpan<BoxF> Look(VideoFrame frame)
    {
        var size = new InputSize(320, 240);
        _lane.Sample(frame, new PixelRect(0, 0, frame.Width, frame.Height), size);
        for (var y = 0; y < 3; y++)
            for (var x = 0; x < 3; x++)
                _lane.Sample(frame, new PixelRect(x * (frame.Width - 320) / 2, y * (frame.Height - 240) / 2, 320, 240), size);
        _found.Clear();
        _lane.Infer(_found);
        Suppression.KeepStrongest(_found, detector.Thresholds.Overlap);
        var count = 0;
        foreach (ref readonly var item in _found.Items)
            if (item.Score >= detector.Thresholds.Score)
                _boxes[count++] = item.Box;
        return _boxes.AsSpan(0, count);
    }

    public void Dispose() => _lane.Dispose();
}
