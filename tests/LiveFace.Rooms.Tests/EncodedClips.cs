namespace LiveFace.Rooms.Tests;

/// <summary>Clips that several classes send, each encoded once.</summary>
internal static class EncodedClips
{
    private static readonly Lazy<EncodedClip> SixtyFrames = new(() => new EncodedClip(new PortraitScene(), 60));
    private static readonly Lazy<EncodedClip> WholePeriod = new(() => new EncodedClip(new PortraitScene(), PortraitScene.Period));
    private static readonly Lazy<EncodedClip> SmallFrames = new(() => new EncodedClip(new PortraitScene(320, 240), 80));

    public static EncodedClip Portrait => SixtyFrames.Value;

    public static EncodedClip Period => WholePeriod.Value;

    public static EncodedClip Small => SmallFrames.Value;
}
