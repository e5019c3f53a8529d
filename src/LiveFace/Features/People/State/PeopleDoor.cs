using LiveFace.Access;
using LiveFace.Http;
using LiveFace.Redaction.Policy;
using LiveFace.Storage;

namespace LiveFace.Features.People.State;

/// <summary>
/// Who may name enrolled people in a room's policy: a key that controls the room, and no link, for people who agreed to that
/// room. The audit log says so before they are named.
/// </summary>
internal sealed class PeopleDoor(PeopleRegistry people, AuditLog audit)
{
    /// <summary>Holds a policy that is to be put in force against who sends it and what stands.</summary>
    /// <exception cref="ProblemException">It names somebody who may not be named.</exception>
    public void Check(string room, Grant grant, RedactionPolicy? policy, RedactionPolicy stands)
    {
        if (policy is null || !policy.Rules.Any(rule => rule.When.ExceptPeople.Count > 0))
            return;
        if (grant.IsLink)
            throw new ProblemException(Problem.NotAllowed, "A link names nobody to be left alone: leave out exceptPeople.");
        if (!grant.May(Roles.Control, room))
            throw new ProblemException(Problem.NotAllowed, "Who names people to be left alone needs control in the room.");
        for (var i = 0; i < policy.Rules.Count; i++)
            if (policy.Rules[i].When.ExceptPeople.FirstOrDefault(person => !people.Has(person, room)) is { } unknown)
                throw Invalid($"rules[{i}].when.exceptPeople", $"must be people who are enrolled for this room, was \"{unknown}\"");
        string[] named = [.. NamedIn(policy).Except(NamedIn(stands), StringComparer.Ordinal)];
        if (named.Length > 0)
            audit.WriteAbout("room", room, "people-named", (grant.Name, grant.Credential ?? grant.Owner), ("people", string.Join(' ', named)));
    }

    private static IEnumerable<string> NamedIn(RedactionPolicy policy) => policy.Rules.SelectMany(rule => rule.When.ExceptPeople);

    private static ProblemException Invalid(string field, string message) =>
        new(Problem.PolicyInvalid, $"{field} {message}.", new Dictionary<string, string[]> { [field] = [message] });
}
