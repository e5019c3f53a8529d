namespace LiveFace.Redaction.FailClosed;

/// <summary>
/// What may be shown of a frame: nothing (<see cref="Cover"/> says why), or the picture with its regions hidden, grown
/// by <see cref="Growth"/> of their size on each side because the detection that they stand on has this age.
/// </summary>
public readonly record struct ShowDecision(CoverReason Cover, TimeSpan Age, float Growth)
{
    /// <summary>Whether the whole picture is to be covered.</summary>
    public bool IsCovered => Cover != CoverReason.None;

    /// <summary>What both allow.</summary>
    internal static ShowDecision Stricter(in ShowDecision a, in ShowDecision b) =>
        a.IsCovered ? a : b.IsCovered || b.Age > a.Age ? b : a;

    internal static ShowDecision Covered(CoverReason reason) => new(reason, TimeSpan.Zero, 0);
}
