namespace LiveFace.Media.Codecs;

/// <summary>What encoders can aim for; anything outside is brought to the nearest.</summary>
internal static class RateLimits
{
    public const int MinimumBitsPerSecond = 20_000;
    public const int MaximumBitsPerSecond = 100_000_000;
    public const double MinimumFramesPerSecond = 1;
    public const double MaximumFramesPerSecond = 240;

    public static int Clamp(int bitsPerSecond) => Math.Clamp(bitsPerSecond, MinimumBitsPerSecond, MaximumBitsPerSecond);

    // NaN compares false to everything, so it becomes the minimum.
    public static double Clamp(double framesPerSecond) =>
        framesPerSecond >= MinimumFramesPerSecond ? Math.Min(framesPerSecond, MaximumFramesPerSecond) : MinimumFramesPerSecond;
}
