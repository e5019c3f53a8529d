using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms;

/// <summary>A policy that names what this server does not have.</summary>
internal sealed class PolicyRefusedException(IReadOnlyList<PolicyProblem> problems) : Exception(string.Join("; ", problems))
{
    public IReadOnlyList<PolicyProblem> Problems { get; } = problems;
}
