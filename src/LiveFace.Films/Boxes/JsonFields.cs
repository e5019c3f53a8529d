using System.Text.Json;

namespace LiveFace.Films.Boxes;

/// <summary>The fields of one JSON object, read strictly: each that is known, once, and no other. Errors say where.</summary>
internal readonly struct JsonFields
{
    private readonly JsonElement _element;
    private readonly string _where;

    /// <summary>Holds the object against the names of its fields.</summary>
    /// <exception cref="BoxFileException">It is no object, or has a field twice or one that is not known.</exception>
    public JsonFields(JsonElement element, string where, params ReadOnlySpan<string> known)
    {
        (_element, _where) = (element, where);
        if (element.ValueKind != JsonValueKind.Object)
            throw Wrong(where, "expected an object");
        var seen = 0UL;
        foreach (var field in element.EnumerateObject())
        {
            var index = NameIn(known, field);
            if (index < 0)
                throw Wrong($"{where}.{field.Name}", "not a field");
            if ((seen & (1UL << index)) != 0)
                throw Wrong($"{where}.{field.Name}", "is there twice");
            seen |= 1UL << index;
        }
    }

    public bool Has(string name) => _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public JsonElement Of(string name) => _element.TryGetProperty(name, out var value) ? value : throw Wrong($"{_where}.{name}", "is missing");

    public string At(string name) => $"{_where}.{name}";

    public int Integer(string name, int least, int most) => Integer(Of(name), At(name), least, most);

    public long Long(string name, long least, long most)
    {
        var value = Of(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(At(name), $"expected a whole number from {least} to {most}");
    }

    public float Number(string name, float least, float most) => Number(Of(name), At(name), least, most);

    public TimeSpan Seconds(string name)
    {
        var value = Of(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var seconds) && seconds is > -1_000_000_000m and < 1_000_000_000m
            ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : throw Wrong(At(name), "expected seconds");
    }

    public bool Flag(string name)
    {
        if (!_element.TryGetProperty(name, out var value))
            return false;
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong(At(name), "expected true or false"),
        };
    }

    public string Text(string name, int most)
    {
        var value = Of(name);
        if (value.ValueKind != JsonValueKind.String)
            throw Wrong(At(name), "expected text");
        return value.GetString() is { } text && text.Length <= most ? text : throw Wrong(At(name), $"has more than {most} characters");
    }

    public JsonElement Array(string name)
    {
        var value = Of(name);
        return value.ValueKind == JsonValueKind.Array ? value : throw Wrong(At(name), "expected an array");
    }

    public static int Integer(JsonElement value, string where, int least, int most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(where, $"expected a whole number from {least} to {most}");

    public static float Number(JsonElement value, string where, float least, float most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(where, $"expected a number from {least} to {most}");

    public static BoxFileException Wrong(string where, string what) => new($"{where}: {what}.");

    private static int NameIn(ReadOnlySpan<string> known, JsonProperty field)
    {
        for (var i = 0; i < known.Length; i++)
            if (field.NameEquals(known[i]))
                return i;
        return -1;
    }
}
