namespace LiveFace.Rooms.Pipeline;

/// <summary>How a room's pictures are worked on.</summary>
internal sealed record PipelineOptions
{
    /// <summary>
    /// How long a frame waits for its own detection before it goes on with held and grown masks, and with what moves hidden.
    /// </summary>
    public TimeSpan DetectionWait { get; init; } = TimeSpan.FromMilliseconds(66);

    /// <summary>How long a frame waits under a strict policy, which shows no frame without its own detection.</summary>
    public TimeSpan StrictWait { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>What one look may cost; the detector's windows are planned within it.</summary>
    public TimeSpan LookBudget { get; init; } = TimeSpan.FromMilliseconds(8);

    /// <summary>The most that is sent, in bits a second.</summary>
    public int MaximumBitrate { get; init; } = 4_000_000;

    /// <summary>The least that is aimed for, in bits a second, however slow a watcher is.</summary>
    public int MinimumBitrate { get; init; } = 100_000;

    /// <summary>Pixels in the largest picture that is taken.</summary>
    public int MaximumPixels { get; init; } = 1920 * 1080;

    /// <summary>Faces a second that are read at most.</summary>
    public double ReadingsPerSecond { get; init; } = 4;

    /// <summary>Pictures a second that are worked on at most.</summary>
    public double MaximumFrameRate { get; init; } = 60;
}
