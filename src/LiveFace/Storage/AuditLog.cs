using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LiveFace.Storage;

/// <summary>
/// What was done with films and with pictures that are kept, a line of JSON each, where lines are only added: a file, or a table that servers
/// share. Each line has the hash of the one before it, so that none can be changed, left out or put in without breaking the rest. What is not
/// in the log was not done: whoever does something writes its line first. Lines hold no name of a file and no picture.
/// </summary>
internal sealed class AuditLog(IAuditLines lines, TimeProvider time)
{
    public const string FileName = "audit.jsonl";

    /// <summary>Names of people stay readable; the log is no web page.</summary>
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a line, and gives where it stands.</summary>
    /// <param name="what">What is done.</param>
    /// <param name="job">With which job.</param>
    /// <param name="by">The name of whoever does it, and the id of their key or link.</param>
    /// <param name="facts">More of it.</param>
    /// <exception cref="StorageException">The disk did not take it; it is not to be done.</exception>
    public AuditMark Write(string what, string job, (string Name, string Key) by, params ReadOnlySpan<(string Name, JsonNode? Value)> facts) =>
        WriteAbout("job", job, what, by, facts);

    /// <summary>The same about something else than a job: its kind, and its id or null where it is about several.</summary>
    /// <exception cref="StorageException">The disk did not take it; it is not to be done.</exception>
    public AuditMark WriteAbout(
        string kind, string? id, string what, (string Name, string Key) by, params ReadOnlySpan<(string Name, JsonNode? Value)> facts)
    {
        var line = Begin(time, what, kind, id, by, facts);
        return lines.Append(before => End(line, before));
    }

    /// <summary>A line of the log itself, to stand after another.</summary>
    internal static string Line(AuditMark before, TimeProvider time, string what, params ReadOnlySpan<(string Name, JsonNode? Value)> facts) =>
        End(Begin(time, what, "log", null, ("server", ""), facts), before);

    /// <summary>How large it is.</summary>
    public long Bytes => lines.Bytes;

    /// <summary>
    /// Lines, the newest first, from before a place on; the end where none is named. A page may end early, so that no
    /// search reads it all at once.
    /// </summary>
    /// <exception cref="StorageException">The disk does not give it.</exception>
    public AuditPage Read(long? before, int most, Func<string, bool> isWanted)
    {
        try
        {
            var found = new List<JsonObject>();
            var place = before;
            foreach (var (begin, text) in lines.Before(before))
            {
                if (found.Count >= most)
                    break;
                if (isWanted(text) && JsonNode.Parse(text) is JsonObject line)
                    found.Add(line);
                place = begin;
            }

            return new AuditPage(found, place is > 0 && place != before ? place : null);
        }
        catch (JsonException error)
        {
            throw new StorageException($"The audit log cannot be read ({error.Message}).", error);
        }
    }

    private static JsonObject Begin(
        TimeProvider time, string what, string kind, string? id, (string Name, string Key) by, ReadOnlySpan<(string Name, JsonNode? Value)> facts)
    {
        var line = new JsonObject
        {
            ["n"] = 0, ["at"] = time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["what"] = what, [kind] = id, ["by"] = by.Name, ["key"] = by.Key,
        };
        foreach (var (name, value) in facts)
            line[name] = value;
        return line;
    }

    private static string End(JsonObject line, AuditMark before)
    {
        line["n"] = before.Line + 1;
        line["before"] = before.Hash;
        return line.ToJsonString(Json);
    }

    internal static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));
}

/// <summary>A line of the audit log: its number, from 1 on, and the hash of its text.</summary>
internal sealed record AuditMark(long Line, string Hash)
{
    /// <summary>What stands before the first.</summary>
    public static readonly AuditMark None = new(0, new string('0', 2 * SHA256.HashSizeInBytes));
}

/// <summary>Lines of the audit log, and the place before which the next are; null at the beginning.</summary>
internal sealed record AuditPage(IReadOnlyList<JsonObject> Lines, long? Before);
