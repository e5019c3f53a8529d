using System.Text.Json.Nodes;

namespace LiveFace.Storage;

/// <summary>
/// Lines that say what came of a job. A crash between a line and what follows from it has the work end a second time: then the
/// line that is there stands for it, and none is added.
/// </summary>
internal static class AuditOnce
{
    /// <summary>Writes a line unless the log has it since the job was last begun; gives where it stands.</summary>
    /// <param name="log">The log.</param>
    /// <param name="what">What came of it.</param>
    /// <param name="job">Of which job.</param>
    /// <param name="by">The name of whoever says so, and the id of their key or link.</param>
    /// <param name="begins">The lines of a job behind which an earlier attempt ended.</param>
    /// <param name="facts">More of it; a line with others is another.</param>
    /// <exception cref="StorageException">The disk did not take it, or does not give what it has.</exception>
    public static AuditMark WriteOnce(
        this AuditLog log, string what, string job, (string Name, string Key) by, IReadOnlyList<string> begins, params ReadOnlySpan<(string Name, JsonNode? Value)> facts)
    {
        if (Newest(log, job, [what, .. begins]) is { } newest && (string?)newest.Line["what"] == what && HasAll(newest.Line, facts))
            return newest.Mark;
        return log.Write(what, job, by, facts);
    }

    /// <summary>The newest line of a job with one of these words.</summary>
    private static (JsonObject Line, AuditMark Mark)? Newest(AuditLog log, string job, string[] words)
    {
        var named = $"\"job\":\"{job}\"";
        var told = Array.ConvertAll(words, word => $"\"what\":\"{word}\"");
        var found = "";
        long? before = null;
        while (true)
        {
            var page = log.Read(before, 1, text =>
            {
                var isIt = text.Contains(named, StringComparison.Ordinal) && told.Any(word => text.Contains(word, StringComparison.Ordinal));
                found = isIt ? text : found;
                return isIt;
            });
            if (page.Lines is [var line])
                return (line, new AuditMark((long)line["n"]!, AuditLog.HashOf(found)));
            if (page.Before is null || page.Before == before)
                return null;
            before = page.Before;
        }
    }

    private static bool HasAll(JsonObject line, ReadOnlySpan<(string Name, JsonNode? Value)> facts)
    {
        foreach (var (name, value) in facts)
            if (line[name]?.ToJsonString() != value?.ToJsonString())
                return false;
        return true;
    }
}
