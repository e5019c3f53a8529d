using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Reidentify;

/// <summary>Whom a picture of one person shows, and where.</summary>
internal static class LargestFace
{
    private const float MinimumScore = 0.8f;

    /// <summary>The largest face that the detector is sure of.</summary>
    public static BoxF? Of(VideoFrame picture, IDetector detector, IDetectorLane lane)
    {
        var list = new DetectionList();
        lane.Reset();
        lane.Sample(picture, new PixelRect(0, 0, picture.Width, picture.Height), detector.InputSize);
        if (lane.Infer(list) != DetectionVerdict.Seen)
            return null;
        BoxF? best = null;
        foreach (ref readonly var item in list.Items)
            if (item.Score >= MinimumScore && (best is not { } other || item.Box.Area > other.Area))
                best = item.Box;
        return best;
    }

    /// <summary>The person by the file's name: what stands before the number behind its last underscore.</summary>
    public static string PersonOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var at = name.LastIndexOf('_');
        return at > 0 && int.TryParse(name.AsSpan(at + 1), out _) ? name[..at] : file;
    }
}
