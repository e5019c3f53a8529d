using LiveFace.Vision.Detection;

namespace LiveFace.Films.Links;

/// <summary>How likely two boxes are the same thing, a moment apart.</summary>
internal static class Nearness
{
    private const float LeastOverlap = 0.2f;
    private const float LargestRatio = 2f;

    /// <summary>How far the centre may be off, in heights, and how much farther for each second.</summary>
    private const float Reach = 0.6f, ReachPerSecond = 1.5f;

    /// <summary>1 to 2 where they overlap enough, 0 to 1 where they are only near, else 0.</summary>
    public static float Of(BoxF expected, BoxF seen, float seconds)
    {
        var ratio = MathF.Sqrt(MathF.Max(1, expected.Area) / MathF.Max(1, seen.Area));
        if (ratio is < 1 / LargestRatio or > LargestRatio)
            return 0;
        var overlap = expected.IntersectionOverUnion(seen);
        if (overlap >= LeastOverlap)
            return 1 + overlap;
        var distance = MathF.Max(MathF.Abs(expected.CentreX - seen.CentreX), MathF.Abs(expected.CentreY - seen.CentreY));
        var reach = (Reach + ReachPerSecond * seconds) * 0.5f * (expected.Height + seen.Height);
        return distance < reach ? 1 - distance / reach : 0;
    }
}
