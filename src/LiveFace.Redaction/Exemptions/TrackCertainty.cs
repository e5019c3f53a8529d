using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Exemptions;

/// <summary>Whether a track's number still means the face that it meant: seen by the detector, with nobody near, in one scene.</summary>
internal static class TrackCertainty
{
    /// <summary>Whether nothing of the frame lets a track be somebody else by now.</summary>
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

    /// <summary>Whether a track is of a face.</summary>
    public static bool IsFace(in Track track, VisionState vision)
    {
        var labels = vision.Sources[track.Source].Source.Labels;
        return (uint)track.Class < (uint)labels.Count && string.Equals(labels[track.Class], "face", StringComparison.Ordinal);
    }
}
