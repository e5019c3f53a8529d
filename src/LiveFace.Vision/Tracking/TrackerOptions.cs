namespace LiveFace.Vision.Tracking;

/// <summary>How a tracker follows. The defaults suit faces at 5 to 60 pictures a second.</summary>
public sealed record TrackerOptions
{
    /// <summary>The most things that are followed at once.</summary>
    public int MaximumTracks { get; init; } = 256;

    /// <summary>How many detectors speak to the tracker.</summary>
    public int Sources { get; init; } = 1;

    /// <summary>How long a thing that was seen often is believed to be there without being seen.</summary>
    public TimeSpan MaximumUnseen { get; init; } = TimeSpan.FromSeconds(1.2);

    /// <summary>How long a thing that was seen once is believed to be there.</summary>
    public TimeSpan MinimumUnseen { get; init; } = TimeSpan.FromSeconds(0.4);

    /// <summary>Least overlap (intersection over union) of a detection and the track it belongs to.</summary>
    public float MinimumOverlap { get; init; } = 0.2f;

    /// <summary>Greatest distance of centres, in box heights, where boxes do not overlap.</summary>
    public float MaximumDistance { get; init; } = 0.9f;

    /// <summary>How many standard deviations beyond those of a box that was just seen the cover grows on each side.</summary>
    public float CoverDeviations { get; init; } = 2f;

    /// <summary>The most that the cover grows on each side, in parts of the box.</summary>
    public float MaximumGrowth { get; init; } = 1.0f;
}
