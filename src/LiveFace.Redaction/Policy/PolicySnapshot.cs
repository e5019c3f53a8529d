namespace LiveFace.Redaction.Policy;

/// <summary>A valid policy in force, with what a frame asks of it worked out beforehand.</summary>
public sealed class PolicySnapshot
{
    private readonly string[] _models;
    private readonly string[] _needed;

    private PolicySnapshot(long version, RedactionPolicy policy)
    {
        Policy = policy with { Version = version };
        MaximumAge = TimeSpan.FromMilliseconds(policy.MaximumAgeMs ?? RedactionPolicy.UsualMaximumAgeMs);
        LooksAtAll = policy.Strict || policy.Rules.Any(rule => rule.When.ExceptTrackIds.Count > 0);
        _models = policy.Cover ? [] : ModelsOf(policy);
        _needed = policy.Cover ? [] : ModelsOf(policy, hidingOnly: true);
    }

    /// <summary>Counts up with each change in a room.</summary>
    public long Version => Policy.Version;

    /// <summary>The policy itself.</summary>
    public RedactionPolicy Policy { get; }

    /// <summary>How old a detection may be.</summary>
    public TimeSpan MaximumAge { get; }

    /// <summary>
    /// Whether each look has to see all that it can: under a strict policy, and where a track is left alone, since that
    /// holds only as long as the detector sees it, and what comes in front of it is not hidden by it.
    /// </summary>
    public bool LooksAtAll { get; }

    /// <summary>Models that any rule looks at.</summary>
    public ReadOnlySpan<string> Models => _models;

    /// <summary>Models without whose findings the picture may not be shown: those of rules that hide.</summary>
    public ReadOnlySpan<string> NeededModels => _needed;

    /// <summary>Puts a policy in force.</summary>
    /// <exception cref="ArgumentException">The policy is not valid.</exception>
    public static PolicySnapshot Create(long version, RedactionPolicy policy)
    {
        var problems = PolicyValidator.Validate(policy);
        return problems.Count == 0
            ? new PolicySnapshot(version, policy)
            : throw new ArgumentException($"The policy is not valid: {problems[0]}", nameof(policy));
    }

    internal static string[] ModelsOf(RedactionPolicy policy, bool hidingOnly = false)
    {
        var models = policy.Rules
            .Where(rule => !hidingOnly || rule.How.Effect.Hides())
            .Select(rule => rule.When.Model);
        if (policy.Background is not null)
            models = models.Append(RedactionPolicy.OutlineModel);
        return [.. models.Distinct(StringComparer.Ordinal)];
    }
}
