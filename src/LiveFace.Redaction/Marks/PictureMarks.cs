using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Marks;

/// <summary>What a person said about one picture on top of what is found in it.</summary>
public sealed record PictureMarks
{
    /// <summary>Nothing was said.</summary>
    public static PictureMarks None { get; } = new();

    /// <summary>What is hidden beside the finds.</summary>
    public IReadOnlyList<HideMark> Hide { get; init; } = [];

    /// <summary>Finds that are shown.</summary>
    public IReadOnlyList<KeepMark> Keep { get; init; } = [];

    /// <summary>Reads marks and checks them. Unknown fields are refused, so that a misspelt one hides nothing less.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out PictureMarks? marks, out IReadOnlyList<PolicyProblem> problems)
    {
        marks = null;
        if (json.Length > MarkLimits.JsonBytes)
        {
            problems = [new("marks", $"may have at most {MarkLimits.JsonBytes} bytes, had {json.Length}")];
            return false;
        }

        try
        {
            var read = JsonSerializer.Deserialize<PictureMarks>(json, PolicyJsonOptions.Strict);
            problems = read is null ? [new("marks", "must be an object")] : MarksValidator.Validate(read);
            marks = problems.Count == 0 ? read : null;
        }
        catch (JsonException error)
        {
            problems = [new(error.Path is ['$', '.', _, ..] path ? $"marks.{path[2..]}" : "marks", "is not as described")];
        }

        return marks is not null;
    }
}
