namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// What one encoding for several watchers aims for. Everybody up to three gets what the slowest can take; with more, a
/// quarter of them may be slower than the picture: their connections leave frames out, and the others keep their
/// quality.
/// </summary>
internal static class FanOutRate
{
    // More bits than this for a pixel are not seen in a camera's picture.
    private const double BitsPerPixel = 0.25;

    /// <summary>The rate; <paramref name="targets"/> and the viewers behind each are put in order.</summary>
    public static int Choose(
        Span<long> targets, Span<int> viewers, int width, int height, double framesPerSecond, PipelineOptions options)
    {
        var most = (long)Math.Min(options.MaximumBitrate, width * (double)height * Math.Max(5, framesPerSecond) * BitsPerPixel);
        if (targets.IsEmpty)
            return (int)Math.Max(options.MinimumBitrate, most);
        return (int)Math.Clamp(SlowestServed(targets, viewers), options.MinimumBitrate, Math.Max(options.MinimumBitrate, most));
    }

    /// <summary>The target of the slowest viewer who is to get each picture; there is one at least.</summary>
    public static long SlowestServed(Span<long> targets, Span<int> viewers)
    {
        targets.Sort(viewers);
        var slower = 0L;
        foreach (var count in viewers)
            slower += count;
        slower /= 4;
        var at = 0;
        for (; at < targets.Length - 1 && slower >= viewers[at]; at++)
            slower -= viewers[at];
        return targets[at];
    }
}
