using System.Text.Json;
using LiveFace.Features.Rooms;
using LiveFace.Http;
using LiveFace.Redaction.Marks;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Features.Files.Marked;

/// <summary>What is said about a picture that is sent with it: a policy or a preset, and what a person marked.</summary>
internal sealed record RedactionOrder(string? Preset, RedactionPolicy? Policy, PictureMarks? Marks)
{
    /// <summary>The most that it may have: a policy and marks as large as they may be.</summary>
    public const int MaximumBytes = MarkLimits.JsonBytes + PolicyLimits.JsonBytes + 1024;

    public static readonly RedactionOrder Nothing = new(null, null, null);

    /// <exception cref="ProblemException">It is not as described; nothing unknown is overlooked.</exception>
    public static RedactionOrder Read(ReadOnlyMemory<byte> json, PolicyNames names)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw RequestBody.Invalid("redaction", "must be an object");
            var order = Nothing;
            foreach (var member in document.RootElement.EnumerateObject().Where(one => one.Value.ValueKind != JsonValueKind.Null))
                order = member.Name switch
                {
                    "preset" when member.Value.ValueKind == JsonValueKind.String => order with { Preset = member.Value.GetString() },
                    "policy" => order with { Policy = PolicyOf(member.Value, names) },
                    "marks" => order with { Marks = MarksOf(member.Value, names) },
                    _ => throw RequestBody.Invalid($"redaction.{member.Name}", "must be a preset's name, a policy or marks"),
                };
            return order;
        }
        catch (JsonException)
        {
            throw RequestBody.Invalid("redaction", "must be JSON");
        }
    }

    private static RedactionPolicy PolicyOf(JsonElement json, PolicyNames names)
    {
        if (!PolicyJson.TryRead(JsonSerializer.SerializeToUtf8Bytes(json), out var policy, out var problems))
            throw RoomProblems.Of(problems);
        return names.Check(policy) is { Count: > 0 } unknown ? throw RoomProblems.Of(unknown) : policy;
    }

    private static PictureMarks MarksOf(JsonElement json, PolicyNames names)
    {
        if (!PictureMarks.TryRead(JsonSerializer.SerializeToUtf8Bytes(json), out var marks, out var problems))
            throw RoomProblems.Of(problems, Problem.RequestInvalid);
        return names.Check(marks) is { Count: > 0 } unknown ? throw RoomProblems.Of(unknown, Problem.RequestInvalid) : marks;
    }
}
