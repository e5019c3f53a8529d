using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using LiveFace.Redaction.Effects.Marking;

namespace LiveFace.Redaction.Policy;

/// <summary>Reads and writes policies as JSON. Unknown fields are refused, so that a misspelt one hides nothing less.</summary>
public static class PolicyJson
{
    private static readonly RedactionPolicy Empty = new();

    /// <summary>
    /// Reads a policy and checks it. A body of just <c>{"preset":"name"}</c> stands for that preset.
    /// </summary>
    public static bool TryRead(
        ReadOnlySpan<byte> json,
        [NotNullWhen(true)] out RedactionPolicy? policy,
        out IReadOnlyList<PolicyProblem> problems)
    {
        policy = null;
        if (json.Length > PolicyLimits.JsonBytes)
        {
            problems = [new("policy", $"may have at most {PolicyLimits.JsonBytes} bytes, had {json.Length}")];
            return false;
        }

        try
        {
            var read = JsonSerializer.Deserialize<RedactionPolicy>(json, PolicyJsonOptions.Strict);
            problems = read is null ? [new("policy", "must be an object")] : Complete(ref read);
            policy = problems.Count == 0 ? read : null;
        }
        catch (JsonException error)
        {
            problems = [Problem(error)];
        }

        return policy is not null;
    }

    /// <summary>Writes a policy with all its fields.</summary>
    public static byte[] Write(RedactionPolicy policy) =>
        JsonSerializer.SerializeToUtf8Bytes(policy, PolicyJsonOptions.Strict);

    private static IReadOnlyList<PolicyProblem> Complete(ref RedactionPolicy policy)
    {
        var alone = policy with { Preset = null, Version = 0, Rules = Empty.Rules, Zones = Empty.Zones } == Empty;
        if (policy is { Preset: { } name, Rules.Count: 0, Zones.Count: 0 } && alone)
        {
            if (PolicyPresets.Find(name) is not { } preset)
                return [new("preset", $"must be one of {string.Join(", ", PolicyPresets.All.Select(p => p.Preset))}")];
            policy = preset;
        }

        return PolicyValidator.Validate(policy);
    }

    private static PolicyProblem Problem(JsonException error)
    {
        var field = error.Path is ['$', '.', _, ..] path ? path[2..] : "policy";

        // The serializer's sentences name types of this program; what a user needs is the fact.
        if (error.Message.Contains("could not be mapped", StringComparison.Ordinal))
            return new(field, "is not a field of a policy");
        if (error.Message.Contains("doesn't allow", StringComparison.Ordinal))
            return new(field, "must not be null");
        return error.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? new(field, $"has a value of another kind than it accepts{Choices(field)}")
            : new(field, $"is not valid JSON (line {error.LineNumber + 1}, byte {error.BytePositionInLine})");
    }

    private static string Choices(string field) => field[(field.LastIndexOf('.') + 1)..] switch
    {
        "effect" => $": one of {PolicyChecks.Choices<RuleEffect>()}",
        "where" => $": one of {PolicyChecks.Choices<RuleWhere>()}",
        "subject" => $": one of {PolicyChecks.Choices<FramingSubject>()}",
        "place" => $": one of {PolicyChecks.Choices<WatermarkPlace>()}",
        "blend" => $": one of {PolicyChecks.Choices<WatermarkBlend>()}",
        "shape" => $": one of {PolicyChecks.Choices<ZoneShape>()}",
        _ when field.StartsWith("read", StringComparison.Ordinal) => $": a list of {PolicyChecks.Choices<PolicyTrait>()}",
        "classes" => ": \"all\" or a list of labels",
        _ => "",
    };
}
