using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Exemptions;

/// <summary>Whether a track of a frame is followed without a doubt, so that what looks saw of it still says who it is.</summary>
internal static class TrackCertainty
{
    public static bool IsCertain(in Track track, FrameTracks tracks, ExemptionOptions options)
    {
        // What began in another scene may have kept its number by chance, and what the tracker left out may be near.
        if (track.Coasting || track.Unseen > options.LongestUnseen || track.FirstSeen < tracks.Mark.EpochBegan || tracks.LeavesOut)
            return false;
        var near = track.Box.Grow(options.Room);
        foreach (ref readonly var other in tracks.Tracks)
            if (other.Id != track.Id && other.Source == track.Source)
            {
                var shared = near.Intersect(other.Box);
                if (shared.Width > 0 && shared.Height > 0)
                    return false;
            }

        return true;
    }

    public static bool IsFace(in Track track, VisionState vision)
    {
        var labels = vision.Sources[track.Source].Source.Labels;
        return (uint)track.Class < (uint)labels.Count && string.Equals(labels[track.Class], "face", StringComparison.Ordinal);
    }

    public static bool TryFind(FrameTracks tracks, int id, out Track track)
    {
        foreach (ref readonly var candidate in tracks.Tracks)
            if (candidate.Id == id)
            {
                track = candidate;
                return true;
            }

        track = default;
        return false;
    }
}
