using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;

namespace LiveFace.Redaction.Policy;

/// <summary>A valid policy in force, with what a frame asks of it worked out beforehand.</summary>
public sealed class PolicySnapshot
{
    private readonly string[] _models;
    private readonly string[] _needed;

    private PolicySnapshot(long version, RedactionPolicy policy, int publication)
    {
        Publication = publication;
        Policy = policy with { Version = version };
        MaximumAge = TimeSpan.FromMilliseconds(policy.MaximumAgeMs ?? RedactionPolicy.UsualMaximumAgeMs);
        ExemptTracks = [.. policy.Rules.SelectMany(rule => rule.When.ExceptTrackIds).Distinct()];
        GoesByAge = policy.Rules.Any(rule => rule.When.AgeUnder is not null);
        Tells = TraitsOf(policy);
        Reads = ReadBy(policy);
        ExemptPeople = [.. policy.Rules.SelectMany(rule => rule.When.ExceptPeople).Distinct(StringComparer.Ordinal)];
        LooksAtAll = policy.Strict || ExemptsAnybody || GoesByAge;
        _models = policy.Cover ? [] : ModelsOf(policy);
        _needed = policy.Cover ? [] : ModelsOf(policy, hidingOnly: true);
    }

    /// <summary>Counts up with each change in a room.</summary>
    public long Version => Policy.Version;

    /// <summary>Which publisher's pictures it is for, counted up with each who comes or goes; zero before the first.</summary>
    public int Publication { get; }

    /// <summary>The policy itself, which nobody can change any more.</summary>
    public RedactionPolicy Policy { get; }

    /// <summary>How old a detection may be.</summary>
    public TimeSpan MaximumAge { get; }

    /// <summary>What looks at a picture of this size have to keep.</summary>
    public LookPromise PromiseFor(int width, int height)
    {
        var usual = RedactionPolicy.UsualSmallestFace(width, height);
        return new(Policy.SmallestFace is { } face && face < usual ? face : usual, MaximumAge);
    }

    /// <summary>Tracks that some rule leaves alone while they are known to be the same person.</summary>
    internal IReadOnlyList<int> ExemptTracks { get; }

    /// <summary>Whether a rule goes by what faces are read to be.</summary>
    public bool GoesByAge { get; }

    /// <summary>What is read of faces and told.</summary>
    public FaceTraits Tells { get; }

    /// <summary>What is read of faces, told or not.</summary>
    public FaceTraits Reads { get; }

    /// <summary>Enrolled people whom some rule leaves alone while they are known to be there.</summary>
    public IReadOnlyList<string> ExemptPeople { get; }

    /// <summary>Whether some rule leaves somebody alone.</summary>
    public bool ExemptsAnybody => ExemptTracks.Count > 0 || ExemptPeople.Count > 0;

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
    public static PolicySnapshot Create(long version, RedactionPolicy policy) => Create(version, policy, publication: 0);

    internal static PolicySnapshot Create(long version, RedactionPolicy policy, int publication)
    {
        ArgumentNullException.ThrowIfNull(policy);

        // Frozen before it is checked: what is put in force is what was checked.
        var frozen = policy.Frozen();
        var problems = PolicyValidator.Validate(frozen);
        return problems.Count == 0
            ? new PolicySnapshot(version, frozen, publication)
            : throw new ArgumentException($"The policy is not valid: {problems[0]}", nameof(policy));
    }

    private static FaceTraits TraitOf(PolicyTrait trait) => trait switch
    {
        PolicyTrait.Age => FaceTraits.Age,
        PolicyTrait.Gender => FaceTraits.Gender,
        _ => FaceTraits.Emotion,
    };

    /// <summary>What is read of faces by a policy, told or not.</summary>
    public static FaceTraits ReadBy(RedactionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Cover)
            return FaceTraits.None;
        return TraitsOf(policy) | (policy.Rules.Any(rule => rule.When.AgeUnder is not null) ? FaceTraits.Age : FaceTraits.None);
    }

    private static FaceTraits TraitsOf(RedactionPolicy policy) => policy.Read.Aggregate(FaceTraits.None, (all, one) => all | TraitOf(one));

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
