using LiveFace.Vision.Detection;

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
        var level = from.First;
        while (level < from.Last && box.Height / (1 << level) > TargetHeight * 1.5f)
            level++;
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

        var patch = from.Plane(level)[(top * width + left)..];
        var plane = to.Plane(level);
        var best = int.MaxValue;
        int bestX = lowX, bestY = lowY;
        for (var y = lowY; y <= highY; y++)
        {
            for (var x = lowX; x <= highX; x++)
            {
                var at = (top + startY + y) * width + left + startX + x;
                var difference = Likeness.Difference(patch, width, plane[at..], width, patchWidth, patchHeight, best);
                if (difference < best)
                    (best, bestX, bestY) = (difference, x, y);
            }
        }

        var place = (top + startY + bestY) * width + left + startX + bestX;
        var likeness = Likeness.Correlation(patch, width, plane[place..], width, patchWidth, patchHeight);
        float partX = 0, partY = 0;
        if (bestX > lowX && bestX < highX)
            partX = Between(At(place - 1, plane, patch), best, At(place + 1, plane, patch));
        if (bestY > lowY && bestY < highY)
            partY = Between(At(place - width, plane, patch), best, At(place + width, plane, patch));
        return new Found((startX + bestX + partX) * scale, (startY + bestY + partY) * scale, MathF.Max(0, likeness));

        int At(int offset, ReadOnlySpan<byte> there, ReadOnlySpan<byte> known) =>
            Likeness.Difference(known, width, there[offset..], width, patchWidth, patchHeight, int.MaxValue);
    }

    /// <summary>Where between two whole steps the least difference lies: two lines of equal slope meet there.</summary>
    public static float Between(int before, int at, int after)
    {
        var slope = Math.Max(before, after) - at;
        return slope > 0 ? Math.Clamp(0.5f * (before - after) / slope, -0.5f, 0.5f) : 0;
    }
}
