using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms;

/// <summary>A policy that names what this server does not have.</summary>
public sealed class PolicyRefusedException(IReadOnlyList<PolicyProblem> problems) : Exception(string.Join("; ", problems))
{
    /// <summary>Which names, and where in the policy.</summary>
    public IReadOnlyList<PolicyProblem> Problems { get; } = problems;
}
