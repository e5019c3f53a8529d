using System.Text;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Policy;

/// <summary>Policies read from JSON.</summary>
internal static class PolicyReading
{
    public static PolicyProblem Problem(string json)
    {
        PolicyJson.TryRead(Encoding.UTF8.GetBytes(json), out _, out var problems).ShouldBeFalse();
        return problems[0];
    }
}
