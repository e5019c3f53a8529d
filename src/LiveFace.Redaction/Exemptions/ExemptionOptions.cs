namespace LiveFace.Redaction.Exemptions;

/// <summary>The constants of exemptions.</summary>
public sealed record ExemptionOptions
{
    /// <summary>How long a track stays exempt after the frame on which it was last seen to be the same person.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMilliseconds(600);

    /// <summary>How often each exempt track is looked at.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the detector may not have seen an exempt track.</summary>
    public TimeSpan LongestUnseen { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How much of it a box shares from frame to frame at least; less is a jump, and may be somebody else.</summary>
    public float LeastShared { get; init; } = 0.5f;

    /// <summary>How far round an exempt box nobody else may be, as a part of its size.</summary>
    public float Room { get; init; } = 0.1f;
}
