using System.Text.Json.Serialization;

namespace LiveFace.Client.Messages;

/// <summary>Which finds a rule is for.</summary>
public sealed record RuleWhen
{
    /// <summary>A job ("faces", "objects", …) or a model's id.</summary>
    public required string Model { get; init; }

    /// <summary>The classes; null is all.</summary>
    [JsonConverter(typeof(ClassesConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Classes that are left alone.</summary>
    public IReadOnlyList<string>? ExceptClasses { get; init; }

    /// <summary>Only these tracks.</summary>
    public IReadOnlyList<int>? TrackIds { get; init; }

    /// <summary>Tracks that are left alone while they are known to be the same person.</summary>
    public IReadOnlyList<int>? ExceptTrackIds { get; init; }

    /// <summary>Faces that are certainly older are left alone.</summary>
    public int? AgeUnder { get; init; }

    /// <summary>Enrolled people who are left alone while they are known to be there.</summary>
    public IReadOnlyList<string>? ExceptPeople { get; init; }

    /// <summary>How sure the model has to be; null is its own threshold.</summary>
    public float? MinScore { get; init; }
}
