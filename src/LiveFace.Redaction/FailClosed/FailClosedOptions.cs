namespace LiveFace.Redaction.FailClosed;

/// <summary>The constants of the fail-closed rules.</summary>
public sealed record FailClosedOptions
{
    /// <summary>How fast a held mask grows, in parts of its size on each side per second.</summary>
    public float GrowthPerSecond { get; init; } = 0.6f;

    /// <summary>The most that a mask grows by age.</summary>
    public float LargestGrowth { get; init; } = 1f;
}
