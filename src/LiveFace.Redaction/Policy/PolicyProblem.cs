namespace LiveFace.Redaction.Policy;

/// <summary>One thing that is wrong with a policy: the field as a path, and what it accepts.</summary>
public sealed record PolicyProblem(string Field, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Message}";
}
