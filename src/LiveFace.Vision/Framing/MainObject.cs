using LiveFace.Media.Frames;

namespace LiveFace.Vision.Framing;

/// <summary>
/// The main object of a picture, in pixels. <paramref name="Certainty"/> is how often such a box overlaps the right one by a
/// half and more, measured on pictures of one thing each (docs/reference/crops.md).
/// </summary>
public readonly record struct MainObject(BoxF Box, FramedBy By, string? Class, float Certainty)
{
    private const string Person = "person";

    // Below it a box is wrong more often than right.
    private const float LeastCertainty = 0.5f;

    // How often the net's box is right where the evidence overlaps it by less than the one, and by more than the other.
    private const float Doubted = 0.4f, Agreed = 0.6f, NetDoubted = 0.55f, NetAgreed = 0.95f;

    // An object that overlaps the net's box so much gives it its name; so much of a face lies in it.
    private const float SameThing = 0.5f, MostOfFace = 0.8f;

    // A face that counts by itself: its part of the picture's height, and its score. What holds one counts for more.
    private const float LeastFace = 0.08f, SureFace = 0.7f, WithFace = 1.5f;

    // An object has to be so sure, or overlap so much with what stands out; one that does not overlap at all counts for this.
    private const float SureObject = 0.35f, LeastAgreement = 0.2f, Apart = 0.3f;

    // Others of its kind that count for so much of it belong to it.
    private const float SameGroup = 0.3f;

    private const float LeastContrast = 0.12f, Margin = 0.11f;

    /// <summary>Whether somebody has to look at it.</summary>
    public bool IsUnsure => Certainty < LeastCertainty;

    /// <summary>
    /// The net's box, as certain as the evidence agrees with it: objects with their classes, faces, and what stands out. Without
    /// a net, what the evidence says; where nothing stands out, the middle.
    /// </summary>
    public static MainObject Choose(
        VideoFrame frame, DetectedObject? net, IReadOnlyList<DetectedObject> faces, IReadOnlyList<(DetectedObject Item, string Class)> objects)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(faces);
        ArgumentNullException.ThrowIfNull(objects);
        var found = ByEvidence(frame, faces, objects);
        return net is { } seen && found.By != FramedBy.Middle ? Named(seen.Box, found, faces, objects, frame) : found;
    }

    /// <summary>The net's box, by what is in it.</summary>
    private static MainObject Named(
        BoxF box, in MainObject evidence, IReadOnlyList<DetectedObject> faces, IReadOnlyList<(DetectedObject Item, string Class)> objects, VideoFrame frame)
    {
        // The net's own certainty tells right from wrong less well than whether they agree.
        var agreed = Math.Clamp((box.IntersectionOverUnion(evidence.Box) - Doubted) / (Agreed - Doubted), 0, 1);
        var named = objects.Where(one => one.Item.Box.IntersectionOverUnion(box) >= SameThing).OrderByDescending(one => one.Item.Score).FirstOrDefault().Class;
        var hasFace = named is null or Person && faces.Any(face => IsLarge(face, frame.Height) && face.Box.Intersect(box).Area >= MostOfFace * face.Box.Area);
        return new MainObject(box, hasFace ? FramedBy.Faces : named is null ? FramedBy.Saliency : FramedBy.Objects, named, NetDoubted + agreed * (NetAgreed - NetDoubted));
    }

    private static bool IsLarge(in DetectedObject face, int height) => face.Score >= SureFace && face.Box.Height >= LeastFace * height;

    private static MainObject ByEvidence(VideoFrame frame, IReadOnlyList<DetectedObject> faces, IReadOnlyList<(DetectedObject Item, string Class)> objects)
    {
        var whole = new BoxF(0, 0, frame.Width, frame.Height);
        var salient = SalientBox.Of(SaliencyMap.Of(frame));
        var stands = new BoxF(
            salient.Box.Left * whole.Width, salient.Box.Top * whole.Height, salient.Box.Right * whole.Width, salient.Box.Bottom * whole.Height);
        DetectedObject[] large = [.. faces.Where(face => IsLarge(face, frame.Height))];
        Candidate[] candidates = [.. objects.Select(one => Weigh(one.Item, one.Class, large, stands, whole))];
        if (candidates.Length > 0 && Group(candidates, stands) is { } known)
            return known;
        if (large.Length > 0)
            return Shoulders(large.MaxBy(face => face.Box.Area), whole);
        return salient.Contrast < LeastContrast
            ? new MainObject(new BoxF(Margin * whole.Width, Margin * whole.Height, (1 - Margin) * whole.Width, (1 - Margin) * whole.Height), FramedBy.Middle, null, 0)
            : new MainObject(stands, FramedBy.Saliency, null, MathF.Min(0.6f, 0.3f + 0.8f * salient.Contrast));
    }

    private static Candidate Weigh(in DetectedObject item, string name, DetectedObject[] faces, BoxF stands, BoxF whole)
    {
        var box = item.Box.Intersect(whole);
        var hasFace = name == Person && Array.Exists(faces, face => face.Box.Intersect(box).Area >= MostOfFace * face.Box.Area);
        var weight = item.Score * MathF.Sqrt(box.Area / whole.Area) * (Apart + box.IntersectionOverUnion(stands)) * (hasFace ? WithFace : 1);
        return new Candidate(box, name, item.Score, hasFace, weight);
    }

    /// <summary>The weightiest with those of its kind; null where neither the model nor the map is sure of it.</summary>
    private static MainObject? Group(Candidate[] candidates, BoxF stands)
    {
        var best = candidates.MaxBy(one => one.Weight);
        var (box, hasFace) = (best.Box, false);
        foreach (var other in candidates)
        {
            if (other.Class != best.Class || other.Weight < SameGroup * best.Weight)
                continue;
            hasFace |= other.HasFace;
            box = new BoxF(
                MathF.Min(box.Left, other.Box.Left), MathF.Min(box.Top, other.Box.Top),
                MathF.Max(box.Right, other.Box.Right), MathF.Max(box.Bottom, other.Box.Bottom));
        }

        var agreement = box.IntersectionOverUnion(stands);
        if (best.Weight <= 0 || (best.Score < SureObject && agreement < LeastAgreement))
            return null;
        var certainty = MathF.Min(0.95f, 0.25f + 0.7f * (agreement + best.Score / 2));
        return new MainObject(box, hasFace ? FramedBy.Faces : FramedBy.Objects, best.Class, certainty);
    }

    /// <summary>A face without a person: with its shoulders.</summary>
    private static MainObject Shoulders(in DetectedObject face, BoxF whole)
    {
        var box = face.Box;
        var grown = new BoxF(
            box.Left - 0.6f * box.Width, box.Top - 0.5f * box.Height, box.Right + 0.6f * box.Width, box.Bottom + 1.5f * box.Height);
        return new MainObject(grown.Intersect(whole), FramedBy.Faces, null, LeastCertainty);
    }

    private readonly record struct Candidate(BoxF Box, string Class, float Score, bool HasFace, float Weight);
}
