namespace LiveFace.Media.Codecs;

/// <summary>How a live encoder is opened. Rate and frame rate are changed later with <see cref="IVideoEncoder.SetRate"/>.</summary>
public sealed record EncoderSettings
{
    /// <summary>Bits per second to aim for at the start.</summary>
    public int BitsPerSecond { get; init; } = 1_000_000;

    /// <summary>Frames per second to expect at the start.</summary>
    public double FramesPerSecond { get; init; } = 30;

    /// <summary>
    /// Threads for one picture; 0 chooses one for small pictures and more for large ones where the machine has the cores.
    /// A server with many streams is better off with one thread each.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>
    /// How much of one core the encoder may take, as a part of the time between frames. Speed follows the measured time:
    /// above this share it gives up quality, well below it takes quality back.
    /// </summary>
    public double LoadShare { get; init; } = 0.12;

    /// <summary>A speed that is kept whatever the load: 0 is the best quality, <see cref="EncoderSpeed.Fastest"/> the fastest.</summary>
    public int? FixedSpeed { get; init; }

    /// <summary>Each frame can be decoded although entropy contexts of lost frames are missing. Costs a few per cent of rate.</summary>
    public bool ErrorResilient { get; init; } = true;

    /// <summary>Lets the rate control leave frames out when the rate does not suffice. Off, quality goes down further instead.</summary>
    public bool MayDropFrames { get; init; }

    /// <summary>The most bits a keyframe may have, in per cent of what a frame has on average.</summary>
    public int MaximumKeyFramePercent { get; init; } = 450;

    internal void Validate()
    {
        Check(BitsPerSecond is >= RateLimits.MinimumBitsPerSecond and <= RateLimits.MaximumBitsPerSecond, nameof(BitsPerSecond), BitsPerSecond, $"{RateLimits.MinimumBitsPerSecond} to {RateLimits.MaximumBitsPerSecond}");
        Check(FramesPerSecond is >= RateLimits.MinimumFramesPerSecond and <= RateLimits.MaximumFramesPerSecond, nameof(FramesPerSecond), FramesPerSecond, $"{RateLimits.MinimumFramesPerSecond} to {RateLimits.MaximumFramesPerSecond}");
        Check(Threads is >= 0 and <= 16, nameof(Threads), Threads, "0 to 16");
        Check(LoadShare is > 0 and <= 1, nameof(LoadShare), LoadShare, "above 0, up to 1");
        Check(FixedSpeed is null or (>= 0 and <= EncoderSpeed.Fastest), nameof(FixedSpeed), FixedSpeed, $"0 to {EncoderSpeed.Fastest}");
        Check(MaximumKeyFramePercent is >= 100 and <= 3000, nameof(MaximumKeyFramePercent), MaximumKeyFramePercent, "100 to 3000");
    }

    /// <summary>Threads for a picture of this size.</summary>
    internal int ThreadsFor(int width, int height)
    {
        if (Threads > 0)
            return Threads;
        var wished = (long)width * height switch
        {
            >= 1920 * 1080 => 4,
            >= 1280 * 720 => 2,
            _ => 1,
        };
        return (int)Math.Clamp(wished, 1, Math.Max(1, Environment.ProcessorCount / 2));
    }

    internal static void Check(bool holds, string setting, object? value, string accepted)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(setting, value, $"{setting} accepts {accepted}.");
    }
}
