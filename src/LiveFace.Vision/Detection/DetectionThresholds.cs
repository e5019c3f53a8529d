namespace LiveFace.Vision.Detection;

/// <summary>
/// Where a detection begins to count. <paramref name="Score"/> begins a track; <paramref name="Weak"/> is enough to
/// keep one alive; boxes of one class that overlap by more than <paramref name="Overlap"/> (intersection over union)
/// are one thing.
/// </summary>
public readonly record struct DetectionThresholds(float Score, float Weak, float Overlap)
{
    /// <summary>What suits most face models.</summary>
    public static DetectionThresholds Default { get; } = new(0.6f, 0.35f, 0.4f);
}
