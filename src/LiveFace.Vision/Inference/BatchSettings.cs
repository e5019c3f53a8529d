namespace LiveFace.Vision.Inference;

/// <summary>How windows of several rooms are put together into one inference.</summary>
internal sealed record BatchSettings
{
    /// <summary>The most windows of one inference.</summary>
    public int Most { get; init; } = 8;

    /// <summary>How long a window waits for others; it does not where every room that looks has come.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The most windows that wait; one that comes on top of them is refused, which hides the picture.</summary>
    public int MostWaiting { get; init; } = 1024;

    /// <summary>What tells the time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
