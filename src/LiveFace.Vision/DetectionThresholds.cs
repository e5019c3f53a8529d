namespace LiveFace.Vision;

/// <summary>
/// Where a detection begins to count. <paramref name="Score"/> begins a track; <paramref name="Weak"/> is enough to
/// keep one alive; boxes of one class that overlap by more than <paramref name="Overlap"/> (intersection over union)
/// are one thing.
/// </summary>
public readonly record struct DetectionThresholds(float Score, float Weak, float Overlap)
{
    /// <summary>What suits most face models.</summary>
    public static DetectionThresholds Default { get; } = new(0.6f, 0.35f, 0.4f);

    /// <summary>The score that a detection of one live look needs to be hidden.</summary>
    public HidingBar Live { get; init; } = new(Weak, Weak);

    /// <summary>The support that a thing needs to be hidden where several looks are asked (<see cref="Detection.LookSupport"/>).</summary>
    public HidingBar Offline { get; init; } = new(0.2f * Score, Score);

    /// <summary>The heights, in pixels of the input, at which the model sees things.</summary>
    internal HeightRange Heights { get; init; } = new(0, float.MaxValue);
}

/// <summary>From a least height to a most.</summary>
internal readonly record struct HeightRange(float Least, float Most)
{
    /// <summary>Whether a height lies in it.</summary>
    public bool Contains(float height) => height >= Least && height <= Most;
}

/// <summary>
/// What a thing has to be worth to be hidden: <paramref name="Small"/> where it is next to nothing of the picture,
/// <paramref name="Large"/> where it is all of it, and in between by its side. What is hidden by mistake costs its area; a
/// face that is missed is missed at any size.
/// </summary>
public readonly record struct HidingBar(float Small, float Large)
{
    /// <summary>The bar for a box in a picture of so many pixels.</summary>
    public float For(BoxF box, float pixels) =>
        pixels > 0 ? float.Lerp(Small, Large, MathF.Min(1, MathF.Sqrt(box.Area / pixels))) : Small;
}
