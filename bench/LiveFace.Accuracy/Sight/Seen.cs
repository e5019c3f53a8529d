using LiveFace.Vision.Tracking;

namespace LiveFace.Accuracy.Sight;

/// <summary>What a look knows about a frame when it is redacted: tracks, and the detections of that frame.</summary>
internal sealed record Seen(Track[] Tracks, DetectedObject[] Found, float Strong, IReadOnlyList<string> Labels)
{
    /// <summary>What counts for average precision: tracks where there are any, and detections that none of them stands for.</summary>
    public IEnumerable<(BoxF Box, float Score)> Boxes => Tracks.Select(track => (track.Box, track.Score))
        .Concat(Found.Where(item => !Array.Exists(Tracks, track => track.Box.IntersectionOverUnion(item.Box) > 0.3f))
            .Select(item => (item.Box, item.Score)));

    /// <summary>Whether anything lies between two scores.</summary>
    public bool Any(float from, float below) =>
        Array.Exists(Tracks, track => track.Score >= from && track.Score < below) || Array.Exists(Found, item => item.Score >= from && item.Score < below);
}
