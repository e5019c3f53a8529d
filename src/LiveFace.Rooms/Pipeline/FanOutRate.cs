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

    /// <summary>The rate; <paramref name="targets"/> are put in order.</summary>
    public static int Choose(Span<long> targets, int width, int height, double framesPerSecond, PipelineOptions options)
    {
        var most = (long)Math.Min(options.MaximumBitrate, width * (double)height * Math.Max(5, framesPerSecond) * BitsPerPixel);
        if (targets.IsEmpty)
            return (int)Math.Max(options.MinimumBitrate, most);
        targets.Sort();
        return (int)Math.Clamp(targets[targets.Length / 4], options.MinimumBitrate, Math.Max(options.MinimumBitrate, most));
    }
}
