using LiveFace.Accuracy.Sight;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Vision.Detection.Onnx;

namespace LiveFace.Accuracy.Blind;

/// <summary>Two seconds of a room in which somebody holds a camera at the picture, measured on the way.</summary>
internal sealed class BlindLive(OnnxDetector detector, FramePool pool)
{
    public const int Rate = 30;

    /// <summary>What a small pass is taken to cost: on a slow core (docs/reference/benchmarks.md).</summary>
    private const double SmallPassMs = 1.8;

    // By how many pixels the hand moves.
    private const int Sway = 4;

    private readonly FrameScaler _scaler = new();

    /// <summary>What is hidden in the last of so many pictures, for each of these numbers.</summary>
    public IEnumerable<IReadOnlyList<BoxF>> Look(VideoFrame picture, int[] after)
    {
        using var seeing = new LiveSeeing(detector, SmallPassMs);
        var tracks = new FrameTracks();
        for (var i = 1; i <= after[^1]; i++)
        {
            // Measured is the picture where it is.
            var isMeasured = after.Contains(i);
            using var frame = isMeasured ? Moved(picture, 0, 0) : Moved(picture, i % 6 < 3 ? i % 6 : 6 - i % 6, i / 2 % 3);
            seeing.See(frame, TimeSpan.FromSeconds(i / (double)Rate), tracks);
            if (isMeasured)
                yield return [.. tracks.Tracks.ToArray().Select(track => track.Cover), .. seeing.Found.Items.ToArray().Select(item => item.Box)];
        }
    }

    private VideoFrame Moved(VideoFrame picture, int across, int down)
    {
        var frame = pool.Rent(picture.Width, picture.Height);
        _scaler.Scale(picture, new PictureRegion(across, down, picture.Width - Sway, picture.Height - Sway), frame);
        return frame;
    }
}
