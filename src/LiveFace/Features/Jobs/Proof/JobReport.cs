using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.Jobs.Work;
using LiveFace.Http;
using LiveFace.Storage;

namespace LiveFace.Features.Jobs.Proof;

/// <summary>What is said of a job's result to whoever has to trust it; docs/reference/jobs.md describes it.</summary>
internal sealed record JobReport
{
    public const string TheSchema = "liveface/report";
    public const int TheVersion = 1;

    public string Schema { get; init; } = TheSchema;

    public int Version { get; init; } = TheVersion;

    public required string Job { get; init; }

    public required string Name { get; init; }

    /// <summary>Who uploaded it, and when.</summary>
    public required ReportHand Uploaded { get; init; }

    /// <summary>Who asked for the result after a review; null where nobody reviewed it.</summary>
    public required string? SignedOff { get; init; }

    public required DateTimeOffset Finished { get; init; }

    public required ReportInput Input { get; init; }

    public required ReportOutput Output { get; init; }

    /// <summary>The policy that it was written by.</summary>
    public required JsonNode Policy { get; init; }

    public required IReadOnlyList<JobModel> Models { get; init; }

    /// <summary>Lines of the log of edits that the result has.</summary>
    public required IReadOnlyList<JsonNode> Edits { get; init; }

    public required IReadOnlyList<JobDoubt> LeastCertain { get; init; }

    /// <summary>The line of the audit log that says the same, and its hash.</summary>
    public required AuditMark Audit { get; init; }

    /// <summary>SHA-256 of the report's compact JSON without this member.</summary>
    public string Hash { get; init; } = "";
}

internal sealed record ReportHand(string By, DateTimeOffset At);

internal sealed record ReportInput(long Bytes, string? Sha256, JobFilm? Film);

internal sealed record ReportOutput(
    long Bytes, string Sha256, string Type, long Pictures, long Covered, int Tracks, int Rounds, IReadOnlyList<int> FoundAgain, int Left);

/// <summary>A report as the text that is handed out, and its hash.</summary>
internal static class ReportText
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    public static string Write(JobReport report)
    {
        var node = (JsonObject)JsonSerializer.SerializeToNode(report, ApiJson.Options)!;
        node["hash"] = HashOf(node);
        return node.ToJsonString(Indented);
    }

    /// <summary>Whether a report's hash is that of what it says.</summary>
    public static bool IsWhole(JsonObject report) => (string?)report["hash"] == HashOf(report);

    private static string HashOf(JsonObject report)
    {
        var said = (JsonObject)report.DeepClone();
        said.Remove("hash");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said.ToJsonString(Compact))));
    }
}
