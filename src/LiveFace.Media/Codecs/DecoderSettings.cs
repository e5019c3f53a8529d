namespace LiveFace.Media.Codecs;

/// <summary>What a decoder accepts.</summary>
public sealed record DecoderSettings
{
    /// <summary>
    /// The most pixels a picture may have. A stream that says it is larger is refused from its header, before any memory
    /// is taken for it.
    /// </summary>
    public int MaximumPixels { get; init; } = 3840 * 2160;

    /// <summary>Threads for one picture (VP8, VP9). A server with many streams is better off with one each.</summary>
    public int Threads { get; init; } = 1;

    internal bool Accepts(int width, int height) =>
        width > 0 && height > 0 && width <= 16384 && height <= 16384 && (long)width * height <= MaximumPixels;

    internal void Validate()
    {
        EncoderSettings.Check(MaximumPixels >= 1, nameof(MaximumPixels), MaximumPixels, "1 and more");
        EncoderSettings.Check(Threads is >= 1 and <= 16, nameof(Threads), Threads, "1 to 16");
    }
}
