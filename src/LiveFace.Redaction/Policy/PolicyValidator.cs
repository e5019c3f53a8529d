namespace LiveFace.Redaction.Policy;

/// <summary>Says what is wrong with a policy, naming each field.</summary>
public static class PolicyValidator
{
    /// <summary>All problems; empty for a policy that can be put in force.</summary>
    public static IReadOnlyList<PolicyProblem> Validate(RedactionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var checks = new PolicyChecks();
        if (policy.Preset is { Length: > PolicyLimits.NameLength })
            checks.Add("preset", $"must be at most {PolicyLimits.NameLength} characters");
        if (policy.MaximumAgeMs is { } age)
            checks.Between("maximumAgeMs", age, PolicyLimits.ShortestAgeMs, PolicyLimits.LongestAgeMs);
        if (policy.SmallestFace is { } face)
            checks.Between("smallestFace", face, PolicyLimits.LeastFace, PolicyLimits.LargestLeastFace);
        checks.Between("lookAheadFrames", policy.LookAheadFrames, 0, PolicyLimits.LookAheadFrames);
        for (var i = 0; i < policy.Read.Count; i++)
            checks.Defined($"read[{i}]", policy.Read[i]);
        checks.AtMost("read", policy.Read.Count, Enum.GetValues<PolicyTrait>().Length);
        checks.AtMost("rules", policy.Rules.Count, PolicyLimits.Rules);
        checks.AtMost("zones", policy.Zones.Count, PolicyLimits.Zones);
        for (var i = 0; i < Math.Min(policy.Rules.Count, PolicyLimits.Rules); i++)
            RuleValidator.Validate($"rules[{i}]", policy.Rules[i], checks);
        for (var i = 0; i < Math.Min(policy.Zones.Count, PolicyLimits.Zones); i++)
            ZoneValidator.Validate($"zones[{i}]", policy.Zones[i], checks);
        if (policy.Background is { } background)
            Background(background, checks);
        if (policy.Watermark is { } watermark)
            WatermarkValidator.Validate(watermark, checks);
        if (policy.Framing is { } framing)
            FramingValidator.Validate(policy, framing, checks);
        if (checks.Problems.Count == 0)
            Whole(policy, checks);
        return checks.Problems;
    }

    private static void Background(RuleHow how, PolicyChecks checks)
    {
        HowValidator.Validate("background", how, mustHide: true, checks);
        if (how.Effect is not (RuleEffect.Blur or RuleEffect.Mosaic or RuleEffect.Solid))
            checks.Add("background.effect", "must be blur, mosaic or solid");
    }

    private static void Whole(RedactionPolicy policy, PolicyChecks checks)
    {
        checks.AtMost("rules", PolicySnapshot.ModelsOf(policy).Length, PolicyLimits.Models, "different models");
        checks.AtMost("rules", policy.Rules.SelectMany(rule => rule.When.ExceptPeople).Distinct(StringComparer.Ordinal).Count(), PolicyLimits.People, "different people");
        if (!policy.HidesWhoeverComes && !policy.NothingHidden)
            checks.Add("nothingHidden", "must be true for a policy that shows whoever comes; or add a rule that hides all that its model finds");
        if (policy.HidesWhoeverComes && policy.NothingHidden)
            checks.Add("nothingHidden", "must be false for a policy that hides whoever comes");
    }
}
