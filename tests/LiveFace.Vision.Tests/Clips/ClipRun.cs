using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>
/// One way of hiding faces in a clip: detection on every n-th frame, with the tracker's covers as masks, or with the
/// last detections held; both with the padding that masks usually have, as boxes.
/// </summary>
internal sealed class ClipRun(VisionPipeline pipeline, int every, bool tracked, TimeSpan budget, LookPace pace = LookPace.Full)
{
    private const float Padding = 0.15f;

    private readonly BoxF[] _masks = new BoxF[512];

    public MaskMeasure Measure { get; } = new();

    /// <summary>Pixels of all inputs, which inference costs in proportion to.</summary>
    public long Pixels { get; private set; }

    public void Frame(int index, TimeSpan now, VideoFrame frame, ReadOnlySpan<FaceTruth> truth)
    {
        pipeline.Follow(frame, now);
        if (index % every == 0)
        {
            pipeline.Sample(frame, budget, pace);
            foreach (ref readonly var planned in pipeline.Eyes[0].Plan.Windows)
                Pixels += planned.Size.Area;
            pipeline.Eyes[0].Infer();
            pipeline.Apply();
        }

        Measure.Count(truth, Masks());
    }

    private ReadOnlySpan<BoxF> Masks()
    {
        var count = 0;
        if (tracked)
        {
            foreach (ref readonly var track in pipeline.Tracks)
            {
                var (across, down) = (Padding * track.Box.Width, Padding * track.Box.Height);
                _masks[count++] = new BoxF(track.Cover.Left - across, track.Cover.Top - down, track.Cover.Right + across, track.Cover.Bottom + down);
            }
        }
        else
        {
            var eye = pipeline.Eyes[0];
            foreach (ref readonly var item in eye.Found.Items)
                if (item.Score >= eye.Detector.Thresholds.Score && count < _masks.Length)
                    _masks[count++] = item.Box.Grow(Padding);
        }

        return _masks.AsSpan(0, count);
    }
}
