namespace LiveFace.Redaction.Policy;

/// <summary>One line of a policy: which findings, which part of each, and what is done there.</summary>
public sealed record PolicyRule
{
    /// <summary>Which findings.</summary>
    public RuleWhen When { get; init; } = new();

    /// <summary>Which part of each.</summary>
    public RuleWhere Where { get; init; } = RuleWhere.Ellipse;

    /// <summary>What is done there.</summary>
    public RuleHow How { get; init; } = new();

    internal PolicyRule Frozen() => this with { When = When.Frozen() };
}
