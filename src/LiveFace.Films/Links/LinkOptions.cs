namespace LiveFace.Films.Links;

/// <summary>How finds become tracks. The defaults suit faces at 5 to 60 pictures a second.</summary>
public sealed record LinkOptions
{
    /// <summary>The longest gap, in seconds, that a track goes over as it is built.</summary>
    public float LongestStep { get; init; } = 0.4f;

    /// <summary>The longest gap, in seconds, across which two tracks are joined.</summary>
    public float LongestGap { get; init; } = 2;

    /// <summary>For how long, in seconds, a track is followed through the pictures before its first find and behind its last.</summary>
    public float LongestCarry { get; init; } = 1;

    /// <summary>How many finds make a track that is followed on; of fewer, only what a thorough look found that is small.</summary>
    public int LeastFinds { get; init; } = 3;
}
