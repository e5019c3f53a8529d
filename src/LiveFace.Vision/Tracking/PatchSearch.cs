namespace LiveFace.Vision.Tracking;

/// <summary>
/// Finds where a part of one picture went in another, by least difference in a small area around the place that is
/// expected. The picture is taken at the scale where the part is about twenty pixels high, so a large face costs no
/// more than a small one.
/// </summary>
internal static class PatchSearch
{
    private const int TargetHeight = 20;
    private const int MinimumSide = 6;
    private const int MaximumSide = 40;

    /// <summary>How the part moved, in pixels of the frame, and how alike both places are, 0 to 1.</summary>
    public readonly record struct Found(float X, float Y, float Likeness);

    /// <param name="from">The picture where the part is known.</param>
    /// <param name="box">Where it is there.</param>
    /// <param name="to">The picture where it is looked for.</param>
    /// <param name="expectedX">How far it is expected to have moved across.</param>
    /// <param name="expectedY">How far it is expected to have moved down.</param>
    /// <param name="reach">How far off that may be, in pixels of the frame.</param>
    public static Found Search(
        LumaPyramid from, BoxF box, LumaPyramid to, float expectedX, float expectedY, float reach)
    {
        var level = LevelFor(from, box.Height);
        float scale = 1 << level;
        var width = from.Width(level);
        var height = from.Height(level);

        var left = Math.Max(0, (int)MathF.Round(box.Left / scale));
        var top = Math.Max(0, (int)MathF.Round(box.Top / scale));
        var patchWidth = Math.Min(Math.Min(width, (int)MathF.Round(box.Right / scale)) - left, MaximumSide);
        var patchHeight = Math.Min(Math.Min(height, (int)MathF.Round(box.Bottom / scale)) - top, MaximumSide);
        if (patchWidth < MinimumSide || patchHeight < MinimumSide)
            return default;

        var radius = Math.Clamp((int)MathF.Ceiling(reach / scale), 2, 8);
        var startX = (int)MathF.Round(expectedX / scale);
        var startY = (int)MathF.Round(expectedY / scale);
        var lowX = Math.Max(-radius, -(left + startX));
        var highX = Math.Min(radius, width - patchWidth - (left + startX));
        var lowY = Math.Max(-radius, -(top + startY));
        var highY = Math.Min(radius, height - patchHeight - (top + startY));
        if (lowX > highX || lowY > highY)
            return default;

        var known = from.Readable(level);
        var there = to.Readable(level);
        var origin = top * width + left;
        var expected = origin + startY * width + startX;
        var patch = new Patch(known, origin, width, patchWidth, patchHeight, stackalloc byte[Patch.BytesOf(MaximumSide, MaximumSide)]);
        var best = int.MaxValue;
        int bestX = lowX, bestY = lowY;
        for (var y = lowY; y <= highY; y++)
        {
            for (var x = lowX; x <= highX; x++)
            {
                var difference = patch.Difference(there, expected + y * width + x, best);
                if (difference < best)
                    (best, bestX, bestY) = (difference, x, y);
            }
        }

        var place = expected + bestY * width + bestX;
        var likeness = Likeness.Correlation(known[origin..], width, there[place..], width, patchWidth, patchHeight);
        float partX = 0, partY = 0;
        if (bestX > lowX && bestX < highX)
            partX = Between(
                patch.Difference(there, place - 1, int.MaxValue), best, patch.Difference(there, place + 1, int.MaxValue));
        if (bestY > lowY && bestY < highY)
            partY = Between(
                patch.Difference(there, place - width, int.MaxValue), best, patch.Difference(there, place + width, int.MaxValue));
        return new Found((startX + bestX + partX) * scale, (startY + bestY + partY) * scale, MathF.Max(0, likeness));
    }

    private static int LevelFor(LumaPyramid from, float height)
    {
        var level = from.First;
        while (level < from.Last && height / (1 << level) > TargetHeight * 1.5f)
            level++;
        return level;
    }

    /// <summary>Where between two whole steps the least difference lies: two lines of equal slope meet there.</summary>
    public static float Between(int before, int at, int after)
    {
        var slope = Math.Max(before, after) - at;
        return slope > 0 ? Math.Clamp(0.5f * (before - after) / slope, -0.5f, 0.5f) : 0;
    }
}
