using LiveFace.Media.Frames;
using LiveFace.Redaction.Exemptions;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Readings;

/// <summary>
/// Reads the faces of a picture that stands alone, so that rules can go by it: each find is a track of its own there, which one
/// reading has to leave no doubt about. A face that another one touches is in doubt, since the model sees both.
/// </summary>
public static class PictureFaces
{
    /// <summary>The largest faces of a picture, as many as this, are read; whoever is left out is in doubt.</summary>
    public const int MostRead = 256;

    private static readonly ExemptionOptions Certainty = new();

    /// <summary>
    /// Tells the tracks of a picture, which nobody has changed yet, what is read of its faces; nothing where the policy asks for nothing
    /// or there is no reader.
    /// </summary>
    public static void Read(
        VideoFrame frame, PolicySnapshot policy, VisionState vision, FrameTracks tracks, IFaceReaders? readers, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(vision);
        ArgumentNullException.ThrowIfNull(tracks);
        if (policy.Reads == FaceTraits.None || readers is null)
            return;
        var faces = Faces(vision, tracks);
        tracks.Set(tracks.Mark, frame, [.. faces.Select(face => face.Track)]);
        var lane = readers.OpenLane();
        foreach (var (track, landmarks) in faces.OrderByDescending(face => face.Track.Box.Area).Take(MostRead))
        {
            cancel.ThrowIfCancellationRequested();
            if (!lane.Sample(frame, track.Box, landmarks))
                continue;
            var reading = lane.Infer();
            tracks.Tell(track.Id, reading, TrackCertainty.IsCertain(track, tracks, Certainty) ? CertainlyOver(reading) : null);
        }
    }

    /// <summary>The age, in whole years, that a reading is certainly above; null where there is any doubt.</summary>
    internal static int? CertainlyOver(in FaceReading reading)
    {
        if (reading.Age is not { } age || !float.IsFinite(age.Least))
            return null;
        var low = (int)Math.Clamp(MathF.Ceiling(age.Least) - 1, 0, 200);
        return age.IsCertainlyOver(low) ? low : null;
    }

    private static List<(Track Track, FaceLandmarks? Landmarks)> Faces(VisionState vision, FrameTracks tracks)
    {
        var faces = new List<(Track, FaceLandmarks?)>();
        foreach (var source in vision.Sources)
        {
            if (!source.TryOwn(tracks.Mark, out var found))
                continue;
            foreach (ref readonly var item in found.Items)
            {
                // Below zero, so that no policy means one by its number.
                var track = new Track(
                    -1 - faces.Count, source.Source.Index, item.Class, item.Score, item.Box, item.Box, 0, 0, tracks.Mark.EpochBegan, TimeSpan.Zero, Coasting: false);
                if (TrackCertainty.IsFace(track, vision))
                    faces.Add((track, item.Landmarks));
            }
        }

        return faces;
    }
}
