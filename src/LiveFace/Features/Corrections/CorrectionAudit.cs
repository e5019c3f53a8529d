using System.Text.Json.Nodes;
using LiveFace.Access;
using LiveFace.Features.Corrections.State;
using LiveFace.Storage;

namespace LiveFace.Features.Corrections;

/// <summary>The lines of the audit log about corrections: each is written before what it says is done.</summary>
internal static class CorrectionAudit
{
    private const string Kind = "correction";

    /// <summary>Whoever calls, by name and by the id of their key.</summary>
    public static (string Name, string Key) By(this HttpContext context)
    {
        var grant = context.RequireGrant();
        return (grant.Name, grant.Credential ?? grant.Owner);
    }

    /// <exception cref="StorageException">The disk did not take it; it is not to be done.</exception>
    public static void Note(
        this AuditLog audit, string? id, string what, (string Name, string Key) by, params ReadOnlySpan<(string Name, JsonNode? Value)> facts) =>
        audit.WriteAbout(Kind, id, $"{Kind}-{what}", by, facts);

    /// <summary>Deletes a correction for good. A disk that takes no line keeps no picture: that goes all the same.</summary>
    /// <exception cref="StorageException">The picture is gone; its row, or the line about it, is not written yet.</exception>
    public static void RemoveFrom(this AuditLog audit, CorrectionShelf shelf, string id, string what, (string Name, string Key) by)
    {
        try
        {
            audit.Note(id, what, by);
        }
        finally
        {
            shelf.Remove(id);
        }
    }
}
