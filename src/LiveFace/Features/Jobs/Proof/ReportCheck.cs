using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveFace.Films;
using LiveFace.Storage;

namespace LiveFace.Features.Jobs.Proof;

/// <summary>Holds a report against the film that it is of, and against the audit log.</summary>
internal static class ReportCheck
{
    private const int MostBytes = 64 << 20;

    /// <summary>Gives the report where all fits.</summary>
    /// <exception cref="FileRedactionException">Something does not; the message says what.</exception>
    public static async Task<JsonObject> RunAsync(string report, string film, string? audit, CancellationToken cancel)
    {
        var said = await ReadAsync(report, cancel);
        if (!ReportText.IsWhole(said))
            throw new FileRedactionException($"{report} was changed: its hash is not that of what it says.");
        await using (var file = File.OpenRead(film))
        {
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
            if (hash != (string?)said["output"]?["sha256"])
                throw new FileRedactionException(hash == (string?)said["input"]?["sha256"]
                    ? $"{film} is the film before it was redacted."
                    : $"{film} is not the film that {report} is of, or was changed.");
        }

        if (audit is not null)
            await CheckAsync(said, report, audit, cancel);
        return said;
    }

    private static async Task<JsonObject> ReadAsync(string report, CancellationToken cancel)
    {
        if (new FileInfo(report).Length > MostBytes)
            throw new FileRedactionException($"{report} is too large for a report.");
        try
        {
            if (JsonNode.Parse(await File.ReadAllTextAsync(report, cancel)) is JsonObject said
                && (string?)said["schema"] == JobReport.TheSchema && (int?)said["version"] == JobReport.TheVersion)
                return said;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            // It is none, as below.
        }

        throw new FileRedactionException($"{report} is no report of this version.");
    }

    /// <summary>Every line stands on the one before it, and the report's line is there and says the same.</summary>
    private static async Task CheckAsync(JsonObject said, string report, string audit, CancellationToken cancel)
    {
        var (number, before, found) = (0L, new string('0', 2 * SHA256.HashSizeInBytes), false);
        await foreach (var line in File.ReadLinesAsync(audit, Encoding.UTF8, cancel))
        {
            number++;
            var entry = Entry(line);
            if ((long?)entry?["n"] != number || (string?)entry["before"] != before)
                throw new FileRedactionException($"{audit}: the chain breaks at line {number}: a line was changed, left out or put in.");
            before = AuditLog.HashOf(line);
            if (number != (long?)said["audit"]?["line"])
                continue;
            found = before == (string?)said["audit"]?["hash"] && (string?)entry["job"] == (string?)said["job"]
                && (string?)entry["output"] == (string?)said["output"]?["sha256"];
            if (!found)
                throw new FileRedactionException($"{audit}: line {number} is not the one that {report} stands on.");
        }

        if (!found)
            throw new FileRedactionException($"{audit} does not have the line that {report} stands on.");
    }

    private static JsonObject? Entry(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
