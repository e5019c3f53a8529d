using System.Text.Json.Nodes;
using LiveFace.Features.People.State;
using LiveFace.Storage;

namespace LiveFace.Features.People;

/// <summary>The lines of the audit log about enrolled people.</summary>
internal static class PeopleAudit
{
    private const string Kind = "person";

    /// <exception cref="StorageException">The disk did not take it; it is not to be done.</exception>
    public static void NotePerson(
        this AuditLog audit, string id, string what, (string Name, string Key) by, params ReadOnlySpan<(string Name, JsonNode? Value)> facts) =>
        audit.WriteAbout(Kind, id, $"{Kind}-{what}", by, facts);

    /// <summary>Forgets somebody. A disk that takes no line keeps nobody: they go all the same.</summary>
    /// <exception cref="StorageException">They are hidden from now on; the row, or the line about it, is not written yet.</exception>
    public static bool RemoveFrom(this AuditLog audit, PeopleRegistry people, string id, string what, (string Name, string Key) by)
    {
        if (!people.Has(id) && !people.Expired().Contains(id, StringComparer.Ordinal))
            return false;
        try
        {
            audit.NotePerson(id, what, by);
        }
        finally
        {
            people.Remove(id);
        }

        return true;
    }
}
