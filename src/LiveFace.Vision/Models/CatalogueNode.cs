using System.Text.Json;

namespace LiveFace.Vision.Models;

/// <summary>
/// An object of the catalogue's JSON that knows where it stands, so that every error names file, model and field,
/// and that remembers which fields were read, so that a misspelt one does not pass in silence.
/// </summary>
internal sealed class CatalogueNode(JsonElement element, string place)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public static CatalogueNode Of(JsonElement element, string place) => element.ValueKind == JsonValueKind.Object
        ? new CatalogueNode(element, place)
        : throw new ModelException($"{place} has to be an object.");

    public ModelException Error(string field, string sentence) => new($"{place}: '{field}' {sentence}.");

    public bool Has(string field) => element.TryGetProperty(field, out _);

    public bool TryGet(string field, out JsonElement value)
    {
        _read.Add(field);
        return element.TryGetProperty(field, out value);
    }

    public CatalogueNode Object(string field) => TryGet(field, out var value)
        ? Of(value, $"{place}: '{field}'")
        : throw Error(field, "is missing");

    public string Text(string field)
    {
        if (!TryGet(field, out var value))
            throw Error(field, "is missing");
        if (value.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(value.GetString()))
            throw Error(field, "has to be a text that is not empty");
        return value.GetString()!;
    }

    public string? OptionalText(string field) => Has(field) ? Text(field) : null;

    public bool Flag(string field, bool otherwise)
    {
        if (!TryGet(field, out var value))
            return otherwise;
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Error(field, "has to be true or false"),
        };
    }

    public int Whole(string field, int least, int most, int? otherwise = null)
    {
        if (!TryGet(field, out var value))
            return otherwise ?? throw Error(field, "is missing");
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number) || number < least || number > most)
            throw Error(field, $"has to be a whole number from {least} to {most}");
        return number;
    }

    public float Number(string field, float least, float most, float otherwise)
    {
        if (!TryGet(field, out var value))
            return otherwise;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetSingle(out var number) || !(number >= least && number <= most))
            throw Error(field, $"has to be a number from {least} to {most}");
        return number;
    }

    public IReadOnlyList<float> Numbers(string field)
    {
        if (!TryGet(field, out var value))
            throw Error(field, "is missing");
        var numbers = new List<float>();
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var one in value.EnumerateArray())
                if (one.ValueKind == JsonValueKind.Number && one.TryGetSingle(out var number) && float.IsFinite(number))
                    numbers.Add(number);
        if (value.ValueKind != JsonValueKind.Array || numbers.Count != value.GetArrayLength() || numbers.Count == 0)
            throw Error(field, "has to be a list of numbers");
        return numbers;
    }

    public T Choice<T>(string field, T? otherwise = null) where T : struct, Enum
    {
        if (!Has(field) && otherwise is { } known)
            return known;
        var text = Text(field);
        foreach (var value in Enum.GetValues<T>())
            if (string.Equals(ModelWords.Of(value), text, StringComparison.Ordinal))
                return value;
        throw Error(field, $"is '{text}'; it has to be one of {string.Join(", ", Enum.GetValues<T>().Select(ModelWords.Of))}");
    }

    /// <summary>Called when all known fields were asked for: what is left is a mistake.</summary>
    public void Finish()
    {
        foreach (var property in element.EnumerateObject())
            if (!_read.Contains(property.Name) && property.Name is not ("$schema" or "comment"))
                throw Error(property.Name, $"is not a field here; known are {string.Join(", ", _read.Order(StringComparer.Ordinal))}");
    }
}
