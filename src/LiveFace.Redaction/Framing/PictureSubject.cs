using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Framing;

/// <summary>Who a picture is about: faces, and where no model finds faces, persons by where their heads are.</summary>
internal sealed class PictureSubject
{
    // Of a standing person, seven of whose heads make them.
    private const float HeadsAPerson = 7;

    private int _main;

    /// <summary>Where the subject is, and how high a face of it is; false where nobody is.</summary>
    public bool TryFind(FrameTracks tracks, VisionState vision, FramingSubject subject, out BoxF box, out float face)
    {
        if (TryFind(tracks, vision, subject, "face", out box, out face))
            return true;
        return TryFind(tracks, vision, subject, "person", out box, out face);
    }

    /// <summary>Whoever was followed is nobody any more.</summary>
    public void Forget() => _main = 0;

    private bool TryFind(FrameTracks tracks, VisionState vision, FramingSubject subject, string label, out BoxF box, out float face)
    {
        (box, face) = (default, 0);
        var count = 0;
        var main = default(Track);
        foreach (ref readonly var track in tracks.Tracks)
        {
            if (!Is(track, vision, label))
                continue;
            var head = Head(track, label);
            box = count++ == 0 ? head : Union(box, head);
            face = MathF.Max(face, head.Height);
            // One who was followed is followed as long as they are there; else it is the largest.
            if (main.Id == 0 || track.Id == _main || (main.Id != _main && track.Box.Area > main.Box.Area))
                main = track;
        }

        if (count == 0)
            return false;
        _main = main.Id;
        if (subject == FramingSubject.Main)
            (box, face) = (Head(main, label), Head(main, label).Height);
        return float.IsFinite(box.Left + box.Top + box.Right + box.Bottom) && face > 0;
    }

    private static BoxF Head(in Track track, string label)
    {
        if (label == "face")
            return track.Box;
        var side = track.Box.Height / HeadsAPerson;
        return new BoxF(track.Box.CentreX - side / 2, track.Box.Top, track.Box.CentreX + side / 2, track.Box.Top + side);
    }

    private static BoxF Union(BoxF one, BoxF other) => new(
        MathF.Min(one.Left, other.Left), MathF.Min(one.Top, other.Top), MathF.Max(one.Right, other.Right), MathF.Max(one.Bottom, other.Bottom));

    private static bool Is(in Track track, VisionState vision, string label)
    {
        var labels = vision.Sources[track.Source].Source.Labels;
        return (uint)track.Class < (uint)labels.Count && string.Equals(labels[track.Class], label, StringComparison.Ordinal);
    }
}
