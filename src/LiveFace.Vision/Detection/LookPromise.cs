namespace LiveFace.Vision.Detection;

/// <summary>
/// What looks have to keep: every place of the picture is looked at within <paramref name="MaximumAge"/>, down to faces of
/// <paramref name="SmallestFace"/> pixels, and whatever has changed at once, down to <see cref="AtOnce"/>.
/// </summary>
public readonly record struct LookPromise(int SmallestFace, TimeSpan MaximumAge)
{
    /// <summary>What is twice as large as the smallest face is found in the very frame in which it appears.</summary>
    public int AtOnce => SmallestFace * 2;

    /// <summary>Nothing is promised: looks go by their budget alone.</summary>
    public static LookPromise None { get; } = new(int.MaxValue / 4, TimeSpan.MaxValue);
}
