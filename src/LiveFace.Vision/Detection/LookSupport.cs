namespace LiveFace.Vision.Detection;

/// <summary>
/// What several looks at a picture are worth together: a thing's support is its mean score over all looks that would have
/// shown it, those that did not count as zero. One look alone finds something wrong somewhere; a face is found again by the
/// next size and by the mirrored picture.
/// </summary>
internal static class LookSupport
{
    /// <summary>Replaces each thing's score by its support, and drops what stays below the bar.</summary>
    /// <param name="things">What all looks found together, each thing once.</param>
    /// <param name="seen">What each look found.</param>
    /// <param name="reach">The windows that were looked into.</param>
    /// <param name="times">How often each of them was.</param>
    /// <param name="thresholds">The model's.</param>
    /// <param name="pixels">Of the picture.</param>
    public static void Apply(
        DetectionList things, ReadOnlySpan<DetectedObject> seen, in LookReach reach, int times, in DetectionThresholds thresholds, float pixels)
    {
        var items = things.Items;
        var kept = 0;
        for (var i = 0; i < items.Length; i++)
        {
            var (sum, count) = (0f, 0);
            foreach (ref readonly var one in seen)
                if (one.Class == items[i].Class && one.Box.IntersectionOverUnion(items[i].Box) > thresholds.Overlap)
                    (sum, count) = (sum + one.Score, count + 1);
            var support = MathF.Min(items[i].Score, sum / Math.Max(1, Math.Max(count, times * reach.Count(items[i].Box))));
            if (support >= thresholds.Offline.For(items[i].Box, pixels))
                items[kept++] = items[i] with { Score = support };
        }

        things.Truncate(kept);
    }
}
