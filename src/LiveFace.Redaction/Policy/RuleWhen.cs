using System.Text.Json.Serialization;

namespace LiveFace.Redaction.Policy;

/// <summary>Which findings a rule is for.</summary>
public sealed record RuleWhen
{
    /// <summary>A job such as "faces", "objects" or "text", meaning the server's model for it, or a model's id.</summary>
    public string Model { get; init; } = "faces";

    /// <summary>Labels that the rule is for; null (in JSON: "all") is all of them.</summary>
    [JsonConverter(typeof(ClassSelectionConverter))]
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Labels that the rule leaves alone.</summary>
    public IReadOnlyList<string> ExceptClasses { get; init; } = [];

    /// <summary>The only track ids that the rule is for; null is all, tracked or not.</summary>
    public IReadOnlyList<int>? TrackIds { get; init; }

    /// <summary>Track ids that the rule leaves alone while looks say that they are the person that they were at first.</summary>
    public IReadOnlyList<int> ExceptTrackIds { get; init; } = [];

    /// <summary>Ids of enrolled people whom the rule leaves alone while looks say that it is them.</summary>
    public IReadOnlyList<string> ExceptPeople { get; init; } = [];

    /// <summary>The lowest score that counts; null is the model's own threshold.</summary>
    public float? MinScore { get; init; }

    /// <summary>
    /// Faces that are certainly older are left alone; null leaves none alone for their age. Every doubt hides: a face that was not
    /// read, a reading that touches the age, a reader that is not there.
    /// </summary>
    public int? AgeUnder { get; init; }

    internal RuleWhen Frozen() => this with
    {
        Classes = Copy(Classes),
        ExceptClasses = Copy(ExceptClasses)!,
        TrackIds = Copy(TrackIds),
        ExceptTrackIds = Copy(ExceptTrackIds)!,
        ExceptPeople = Copy(ExceptPeople)!,
    };

    private static System.Collections.ObjectModel.ReadOnlyCollection<T>? Copy<T>(IReadOnlyList<T>? list) => list is null ? null : Array.AsReadOnly([.. list]);
}
