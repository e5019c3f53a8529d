using System.Text.Json;
using LiveFace.Http;

namespace LiveFace.Features.Collections.State;

/// <summary>
/// What an item's metadata have to say: each member of the filter is there with the same value, or with one of several. Metadata are
/// one object of texts, numbers and booleans.
/// </summary>
internal sealed class MetadataFilter
{
    public const int MostMembers = 16;
    public const int LongestText = 256;

    private readonly Dictionary<string, JsonElement[]> _wanted;

    private MetadataFilter(Dictionary<string, JsonElement[]> wanted) => _wanted = wanted;

    /// <exception cref="ProblemException">It is no filter.</exception>
    public static MetadataFilter? Read(JsonElement? filter)
    {
        if (filter is not { } element || element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return null;
        if (element.ValueKind != JsonValueKind.Object || element.EnumerateObject().Count() > MostMembers)
            throw RequestBody.Invalid("filter", $"must be an object of at most {MostMembers} members");
        var wanted = new Dictionary<string, JsonElement[]>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            JsonElement[] values = member.Value.ValueKind == JsonValueKind.Array ? [.. member.Value.EnumerateArray()] : [member.Value];
            if (values.Length is 0 or > 64 || !Array.TrueForAll(values, IsPlain))
                throw RequestBody.Invalid($"filter.{member.Name}", "must be a text, a number, a boolean, or up to 64 of these");
            wanted[member.Name] = [.. values.Select(value => value.Clone())];
        }

        return new MetadataFilter(wanted);
    }

    /// <summary>The metadata of an item as they are kept.</summary>
    /// <exception cref="ProblemException">They are none.</exception>
    public static string Write(JsonElement? metadata)
    {
        if (metadata is not { } element || element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return "{}";
        return element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Count() <= MostMembers
            && element.EnumerateObject().All(member => member.Name.Length <= LongestText && IsPlain(member.Value))
            ? element.GetRawText()
            : throw RequestBody.Invalid("metadata", $"must be an object of at most {MostMembers} texts, numbers and booleans, each text of at most {LongestText} characters");
    }

    public bool Fits(string metadata)
    {
        using var document = JsonDocument.Parse(metadata);
        foreach (var (name, values) in _wanted)
            if (!document.RootElement.TryGetProperty(name, out var value) || !Array.Exists(values, wanted => JsonElement.DeepEquals(wanted, value)))
                return false;
        return true;
    }

    private static bool IsPlain(JsonElement value) => value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
        || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length <= LongestText);
}
