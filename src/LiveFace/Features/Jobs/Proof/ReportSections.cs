using System.Globalization;

namespace LiveFace.Features.Jobs.Proof;

/// <summary>A part of a report for people: facts, pictures, lines of text.</summary>
internal sealed record ReportSection(string? Title)
{
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    public IReadOnlyList<ReportPicture> Pictures { get; init; } = [];

    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Said where there is nothing.</summary>
    public string? Otherwise { get; init; }

    public bool IsEmpty => Facts.Count + Pictures.Count + Lines.Count == 0;
}

/// <summary>A redacted picture, and what it is of.</summary>
internal sealed record ReportPicture(byte[]? Jpeg, string First, string Second);

/// <summary>What a report tells people, in its order; pages and PDFs write the same.</summary>
internal static class ReportSections
{
    public static string TitleOf(JobReport report) => $"Report on {report.Name}";

    public static IReadOnlyList<ReportSection> Of(JobReport report, string hash) =>
    [
        new(null) { Facts = Facts(report, hash) },
        new("Models") { Facts = [.. report.Models.Select(model => ($"{model.Name}: {model.Id}", model.Sha256 ?? "unknown"))] },
        new("Least certain")
        {
            Otherwise = "Nothing was in doubt, or nothing was found.",
            Pictures = [.. report.LeastCertain.Select(doubt => new ReportPicture(
                doubt.Jpeg,
                string.Create(CultureInfo.InvariantCulture, $"{doubt.Class} {doubt.Track}, {doubt.At:0.00} s"),
                string.Create(CultureInfo.InvariantCulture, $"doubt {doubt.Doubt:0.00}, score {doubt.Score:0.00}")))],
        },
        new("Edits") { Otherwise = "None.", Lines = [.. report.Edits.Select(edit => edit.ToJsonString())] },
        new("Policy") { Lines = [report.Policy.ToJsonString()] },
    ];

    private static IReadOnlyList<(string, string)> Facts(JobReport report, string hash) =>
    [
        ("Job", report.Job),
        ("Uploaded", Invariant($"{report.Uploaded.At:u} by {report.Uploaded.By}")),
        ("Signed off", report.SignedOff ?? "nobody reviewed it"),
        ("Finished", Invariant($"{report.Finished:u}")),
        ("Input", Invariant($"{report.Input.Bytes} bytes") + (report.Input.Film is { } film ? Invariant($", {film.Width}×{film.Height}, {film.Container}, {film.Codec}") : "")),
        ("Input, SHA-256", report.Input.Sha256 ?? "unknown"),
        ("Result", Invariant($"{report.Output.Bytes} bytes, {report.Output.Type}, {report.Output.Pictures} pictures")),
        ("Result, SHA-256", report.Output.Sha256),
        ("Hidden tracks", Invariant($"{report.Output.Tracks}")),
        ("Covered pictures", Invariant($"{report.Output.Covered}, to which a complete look was missing")),
        ("Looks at the result", Invariant($"{report.Output.Rounds}; they found {string.Join(", ", report.Output.FoundAgain)} more places; {report.Output.Left} are left that the last was sure of")),
        ("Audit log", Invariant($"line {report.Audit.Line}, {report.Audit.Hash}")),
        ("Report, SHA-256", hash),
    ];

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
