namespace LiveFace.Redaction.Policy;

/// <summary>Says what of a policy a live room has no time for.</summary>
public static class LivePolicy
{
    private const string TooSlow = "must not be remove in a live room, where no picture may wait so long; blur fills from what is round it as well. Pictures and films take remove";

    /// <summary>Whether an effect is quick enough.</summary>
    public static bool IsLive(this RuleEffect effect) => effect != RuleEffect.Remove;

    /// <summary>All problems.</summary>
    public static IReadOnlyList<PolicyProblem> Check(RedactionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var problems = new List<PolicyProblem>();
        for (var i = 0; i < policy.Rules.Count; i++)
            if (!policy.Rules[i].How.Effect.IsLive())
                problems.Add(new($"rules[{i}].how.effect", TooSlow));
        for (var i = 0; i < policy.Zones.Count; i++)
            if (policy.Zones[i].How is { } how && !how.Effect.IsLive())
                problems.Add(new($"zones[{i}].how.effect", TooSlow));
        return problems;
    }
}
