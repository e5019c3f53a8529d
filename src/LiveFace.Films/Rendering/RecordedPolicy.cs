using LiveFace.Films.Boxes;
using LiveFace.Redaction.Policy;

namespace LiveFace.Films.Rendering;

/// <summary>Which policies can be applied by a box file.</summary>
public static class RecordedPolicy
{
    /// <summary>
    /// Whether a policy goes by more than boxes, which are all that is recorded, or moves what is shown, so that no second look could
    /// compare: such a film goes in one pass.
    /// </summary>
    public static bool NeedsOnePass(RedactionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.Background is not null || policy.Framing is not null || policy.Rules.Any(rule => rule.Where == RuleWhere.Outline);
    }

    /// <summary>Whether a policy hides anything that looks find, so that a second look can tell whether it is hidden.</summary>
    public static bool Hides(RedactionPolicy policy) => PolicySnapshot.Create(1, policy).NeededModels.Length > 0;

    /// <summary>Holds a policy against what is recorded.</summary>
    /// <exception cref="FileRedactionException">It asks for more; the message says for what.</exception>
    public static void Check(PolicySnapshot policy, BoxFileHead head)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(head);
        if (NeedsOnePass(policy.Policy))
            throw new FileRedactionException("The policy goes by outlines, which box files do not hold, or follows people; redact the film with --one-pass.");
        foreach (var name in policy.Models)
            if (!head.Models.Any(model => string.Equals(model.Name, name, StringComparison.Ordinal)))
                throw new FileRedactionException(
                    $"The policy needs '{name}', and the box file has looks of {string.Join(", ", head.Models.Select(model => model.Name))}; detect again with that policy.");
    }

    /// <summary>The smallest face that a policy's looks have to find in such pictures.</summary>
    public static int SmallestFace(RedactionPolicy policy, int width, int height) =>
        PolicySnapshot.Create(1, policy).PromiseFor(width, height).SmallestFace;
}
