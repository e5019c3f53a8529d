namespace LiveFace.Redaction.Policy;

/// <summary>
/// Raises a policy to a floor: the result hides all that either hides. Rules, zones and the background only ever hide, so
/// adding the floor's is enough; those that the policy has already, as strong or stronger, are not added twice.
/// </summary>
public static class PolicyFloor
{
    // Below this strength a mosaic gives away more than a blur of the same (docs/reference/hiding.md).
    private const int MosaicLikeBlur = 60;

    private static readonly RuleHow Solid = new() { Effect = RuleEffect.Solid };

    /// <summary>The policy, and whatever of the floor it lacks.</summary>
    public static RedactionPolicy Raise(RedactionPolicy policy, RedactionPolicy? floor)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (floor is null)
            return policy;
        var rules = floor.Rules.Where(rule => rule.How.Effect.Hides() && !policy.Rules.Any(own => HidesAtLeast(own, rule))).ToArray();
        var zones = floor.Zones.Where(zone => !policy.Zones.Any(own => HidesAtLeast(own, zone))).ToArray();
        var raised = policy with
        {
            Rules = rules.Length == 0 ? policy.Rules : [.. policy.Rules, .. rules],
            Zones = zones.Length == 0 ? policy.Zones : [.. policy.Zones, .. zones],
            Background = Stricter(policy.Background, floor.Background),
            Cover = policy.Cover || floor.Cover,
            Strict = policy.Strict || floor.Strict,
            MaximumAgeMs = AgeOf(policy) <= AgeOf(floor) ? policy.MaximumAgeMs : AgeOf(floor),
            SmallestFace = floor.SmallestFace is { } face && !(policy.SmallestFace <= face) ? face : policy.SmallestFace,
            LookAheadFrames = Math.Max(policy.LookAheadFrames, floor.LookAheadFrames),
        };
        return raised with { NothingHidden = policy.NothingHidden && !raised.HidesWhoeverComes };
    }

    /// <summary>Whether everything that the floor's rule hides is hidden by this one as well, and as strongly.</summary>
    internal static bool HidesAtLeast(PolicyRule rule, PolicyRule floor) =>
        string.Equals(rule.When.Model, floor.When.Model, StringComparison.Ordinal) &&
        (rule.Where != RuleWhere.Outline || floor.Where == RuleWhere.Outline) &&
        (rule.When.MinScore ?? 0) <= (floor.When.MinScore ?? 0) &&
        Contains(rule.When.Classes, floor.When.Classes, StringComparer.OrdinalIgnoreCase) &&
        Contains(floor.When.ExceptClasses, rule.When.ExceptClasses, StringComparer.OrdinalIgnoreCase) &&
        Contains(rule.When.TrackIds, floor.When.TrackIds, EqualityComparer<int>.Default) &&
        Contains(floor.When.ExceptTrackIds, rule.When.ExceptTrackIds, EqualityComparer<int>.Default) &&
        (rule.When.AgeUnder is null || rule.When.AgeUnder >= floor.When.AgeUnder) &&
        Contains(floor.When.ExceptPeople, rule.When.ExceptPeople, StringComparer.Ordinal) &&
        HidesAtLeast(rule.How, floor.How);

    internal static bool HidesAtLeast(RuleHow how, RuleHow floor)
    {
        if (!how.Effect.Hides() || how.EffectivePadding < floor.EffectivePadding)
            return false;
        if (IsOpaque(how))
            return true;
        if (IsOpaque(floor))
            return false;
        var least = how.Effect == floor.Effect || how.Effect.LeavesNothing() ? 0 : MosaicLikeBlur;
        return how.Strength >= Math.Max(least, floor.Strength);
    }

    private static bool HidesAtLeast(PolicyZone zone, PolicyZone floor) =>
        zone.Shape == floor.Shape && zone.Box == floor.Box &&
        (zone.Points ?? []).SequenceEqual(floor.Points ?? []) && HidesAtLeast(zone.How ?? Solid, floor.How ?? Solid);

    /// <summary>Whether it looks the same whatever the strength, and shows nothing of what is round it.</summary>
    private static bool IsOpaque(RuleHow how) => how.Effect switch
    {
        RuleEffect.Solid or RuleEffect.Glyph => true,
        RuleEffect.Sticker => how.Color is not null,
        _ => false,
    };

    private static RuleHow? Stricter(RuleHow? own, RuleHow? floor) =>
        floor is null || (own is not null && HidesAtLeast(own, floor)) ? own : floor;

    private static int AgeOf(RedactionPolicy policy) => policy.MaximumAgeMs ?? RedactionPolicy.UsualMaximumAgeMs;

    /// <summary>Whether the first selection holds all of the second; null selects everything.</summary>
    private static bool Contains<T>(IReadOnlyList<T>? all, IReadOnlyList<T>? some, IEqualityComparer<T> comparer) =>
        all is null || (some is not null && some.All(item => all.Contains(item, comparer)));
}
