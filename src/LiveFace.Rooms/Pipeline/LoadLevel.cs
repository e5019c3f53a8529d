using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// How much work a room leaves out because the machine is busy. Detection gives way first: smaller looks, then fewer of
/// those that are late anyway. A look that is in time is never left out: it costs less than what moves is worth, which is
/// hidden without it. Frames follow by themselves, since a newer picture always replaces one that waits. Privacy never does:
/// what was not looked at as promised is hidden, whatever the load.
/// </summary>
internal readonly record struct LoadLevel(int Level)
{
    public const int Most = 4;

    public TimeSpan Budget(TimeSpan full) => Level switch
    {
        0 => full,
        1 => full / 2,
        _ => full / 4,
    };

    /// <summary>Whether a model whose looks are late looks at this frame; a strict policy looks at each.</summary>
    public bool Looks(long frame, PolicySnapshot policy) =>
        policy.Policy.Strict || Level <= 2 || frame % (Level - 1) == 0;
}
