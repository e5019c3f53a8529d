using System.Text.Json;
using LiveFace.Client.Messages;

namespace LiveFace.Client;

/// <summary>How a film or picture is redacted, and what it is called.</summary>
public sealed record JobOptions
{
    /// <summary>The file's name, 1 to 200 characters.</summary>
    public string? Name { get; init; }

    /// <summary>A preset's name; usual is "blur-faces".</summary>
    public string? Preset { get; init; }

    /// <summary>In its place: the policy of a room that the key may publish to.</summary>
    public string? Room { get; init; }

    /// <summary>In its place: a policy.</summary>
    public RoomPolicy? Policy { get; init; }

    /// <summary>Stop before anything is written; for films.</summary>
    public bool IsReviewed { get; init; }

    /// <summary>What the box file tells of faces, with commas: age, gender, emotion; usual is nothing.</summary>
    public string? Attributes { get; init; }

    internal string ToQuery() => Query.Of(
        ("name", Name), ("preset", Preset), ("room", Room),
        ("policy", Policy is null ? null : JsonSerializer.Serialize(Policy with { Version = 0 }, ClientJson.Default.RoomPolicy)),
        ("review", IsReviewed ? "true" : null), ("attributes", Attributes));
}
