using LiveFace.Media.Frames;

namespace LiveFace.Vision;

/// <summary>Makes one detection out of several of the same thing, in place and without memory of its own.</summary>
public static class Suppression
{
    /// <summary>
    /// The most things that are kept apart, and more than are painted in one picture. Each box is compared with each
    /// thing, so this bounds what a model that sees things everywhere costs.
    /// </summary>
    public const int MostThings = 2048;

    private static readonly Comparison<DetectedObject> StrongestFirst = static (a, b) =>
    {
        var byScore = b.Score.CompareTo(a.Score);
        if (byScore != 0)
            return byScore;
        var byLeft = a.Box.Left.CompareTo(b.Box.Left);
        return byLeft != 0 ? byLeft : a.Box.Top.CompareTo(b.Box.Top);
    };

    /// <summary>
    /// Keeps the strongest of each heap of boxes of one class that overlap by more than the limit (intersection over
    /// union), from the given index on; what lies before it stays as it is. The rest is ordered by score. Where that is more
    /// than <see cref="MostThings"/>, the list says that it has <see cref="DetectionList.Dropped"/> some. What was seen in the turned
    /// picture, and may not be believed, takes no place from what was seen as it stands.
    /// </summary>
    public static void KeepStrongest(DetectionList list, float overlap, int from = 0)
    {
        var items = list.Items[from..];
        items.Sort(StrongestFirst);
        var kept = 0;
        for (var i = 0; i < items.Length; i++)
        {
            if (FindOverlap(items[..kept], items[i], overlap) >= 0)
                continue;
            if (kept == MostThings)
            {
                list.DropFrom(from + kept);
                return;
            }

            items[kept++] = items[i];
        }

        list.Truncate(from + kept);
    }

    /// <summary>
    /// Like <see cref="KeepStrongest"/>, but the box and the landmarks become the mean of the heap's, weighted by score: steadier
    /// where a model gives many neighbours for one thing.
    /// </summary>
    internal static void MergeWeighted(DetectionList list, float overlap, int from = 0)
    {
        var items = list.Items[from..];
        items.Sort(StrongestFirst);
        Span<float> weights = stackalloc float[Math.Min(items.Length, 512)];
        var kept = 0;
        for (var i = 0; i < items.Length; i++)
        {
            var item = items[i];
            var into = FindOverlap(items[..kept], item, overlap);
            if (into < 0)
            {
                if (kept < weights.Length)
                    weights[kept] = item.Score;
                items[kept++] = item;
            }
            else if (into < weights.Length)
            {
                weights[into] += item.Score;
                items[into] = Blend(items[into], item, item.Score / weights[into]);
            }
        }

        list.Truncate(from + kept);
    }

    private static int FindOverlap(ReadOnlySpan<DetectedObject> kept, in DetectedObject item, float overlap)
    {
        for (var k = 0; k < kept.Length; k++)
            if (kept[k].Class == item.Class && MayStandFor(kept[k], item) && kept[k].Box.IntersectionOverUnion(item.Box) > overlap)
                return k;
        return -1;
    }

    private static bool MayStandFor(in DetectedObject kept, in DetectedObject item) =>
        kept.Turns == QuarterTurns.None || item.Turns != QuarterTurns.None;

    private static DetectedObject Blend(in DetectedObject into, in DetectedObject item, float part)
    {
        var a = into.Box;
        var b = item.Box;
        var box = new BoxF(
            float.Lerp(a.Left, b.Left, part), float.Lerp(a.Top, b.Top, part),
            float.Lerp(a.Right, b.Right, part), float.Lerp(a.Bottom, b.Bottom, part));
        var landmarks = into.Landmarks;
        if (into.Landmarks is { } p && item.Landmarks is { } q)
            landmarks = new FaceLandmarks(
                float.Lerp(p.RightEyeX, q.RightEyeX, part), float.Lerp(p.RightEyeY, q.RightEyeY, part),
                float.Lerp(p.LeftEyeX, q.LeftEyeX, part), float.Lerp(p.LeftEyeY, q.LeftEyeY, part),
                float.Lerp(p.NoseX, q.NoseX, part), float.Lerp(p.NoseY, q.NoseY, part),
                float.Lerp(p.RightMouthX, q.RightMouthX, part), float.Lerp(p.RightMouthY, q.RightMouthY, part),
                float.Lerp(p.LeftMouthX, q.LeftMouthX, part), float.Lerp(p.LeftMouthY, q.LeftMouthY, part));
        return into with { Box = box, Landmarks = landmarks };
    }
}
