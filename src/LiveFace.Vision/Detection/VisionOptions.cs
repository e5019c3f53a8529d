using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Detection;

/// <summary>How one stream is looked at.</summary>
public sealed record VisionOptions
{
    /// <summary>The most windows of one frame that a detector looks at.</summary>
    public int MaximumWindows { get; init; } = 12;

    /// <summary>The most detectors that ever look at one stream.</summary>
    public int MaximumDetectors { get; init; } = 8;

    /// <summary>How things are followed.</summary>
    public TrackerOptions Tracking { get; init; } = new();
}
