using System.Text.Json;
using LiveFace.Features.Corrections.State;
using LiveFace.Features.Files.Detections;
using LiveFace.Http;

namespace LiveFace.Features.Corrections;

/// <summary>What is sent with a picture: the finds as the person left them, what was drawn, and the days that were agreed to.</summary>
internal sealed record CorrectionOrder(int? KeepDays, IReadOnlyList<CorrectionFind?>? Finds, IReadOnlyList<CorrectionBox?>? Drawn)
{
    public const int MaximumBytes = 256 << 10;
    public const int MostFinds = 1024;
    public const int MostDrawn = 256;
    private const int LongestName = 64;

    // Shares come rounded to five digits.
    private const float Slack = 2e-5f;

    /// <exception cref="ProblemException">It is not as described; the problem names the field.</exception>
    public static CorrectionMarks Read(ReadOnlyMemory<byte> json, int keepDays)
    {
        CorrectionOrder? order;
        try
        {
            order = JsonSerializer.Deserialize<CorrectionOrder>(json.Span, ApiJson.Options);
        }
        catch (JsonException error)
        {
            throw RequestBody.Invalid("correction", $"is not as described ({error.Path})");
        }

        if (order?.KeepDays != keepDays)
            throw RequestBody.Invalid("correction.keepDays", $"must be the {keepDays} days that this server keeps corrections for; ask the sender again");
        var marks = new CorrectionMarks(
            Checked("finds", order.Finds, MostFinds, find => Wrong(find.Model) ?? Wrong(find.Class) ?? (find.Score is >= 0 and <= 1 ? null : "a score of 0 to 1") ?? Wrong(find.Box)),
            Checked("drawn", order.Drawn, MostDrawn, drawn => Wrong(drawn.Class) ?? Wrong(drawn.Box)));
        return marks.Finds.All(find => find.Said == FindVerdict.Right) && marks.Drawn.Count == 0
            ? throw RequestBody.Invalid("correction", "must correct something: a box that was drawn, or a find that is shown or wrong")
            : marks;
    }

    private static List<T> Checked<T>(string field, IReadOnlyList<T?>? all, int most, Func<T, string?> wrong)
        where T : class
    {
        if (all?.Count > most)
            throw RequestBody.Invalid($"correction.{field}", $"must be {most} at most");
        var known = new List<T>();
        for (var i = 0; i < (all?.Count ?? 0); i++)
        {
            var one = all![i] ?? throw RequestBody.Invalid($"correction.{field}[{i}]", "must be an object");
            if (wrong(one) is { } problem)
                throw RequestBody.Invalid($"correction.{field}[{i}]", $"must have {problem}");
            known.Add(one);
        }

        return known;
    }

    private static string? Wrong(string? name) =>
        name is { Length: > 0 and <= LongestName } && !name.Any(char.IsControl) ? null : $"names of 1 to {LongestName} characters";

    private static string? Wrong(PictureBox box) =>
        box is { X: >= 0, Y: >= 0, Width: > 0, Height: > 0 } && box.X + box.Width <= 1 + Slack && box.Y + box.Height <= 1 + Slack
            ? null
            : "a box within the picture, in parts of its width and height";
}

/// <summary>The parts of the form, for the API's document alone.</summary>
internal sealed record CorrectionForm(IFormFile Picture, CorrectionOrder Correction);
