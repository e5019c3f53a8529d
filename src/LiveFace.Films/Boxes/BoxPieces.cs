using System.Text.Json;

namespace LiveFace.Films.Boxes;

/// <summary>The small values that box files and edits are made of: boxes, numbers with few digits, words, hashes.</summary>
internal static class BoxPieces
{
    /// <summary>Coordinates of things that reach out of the picture lie near it all the same.</summary>
    public const float MostCoordinate = 1 << 17;

    public static BoxF ReadBox(JsonElement element, string where, int length)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != length)
            throw JsonFields.Wrong(where, "expected left, top, right and bottom");
        Span<float> edges = stackalloc float[4];
        for (var i = 0; i < edges.Length; i++)
            edges[i] = JsonFields.Number(element[i], $"{where}[{i}]", -MostCoordinate, MostCoordinate);
        return edges[2] > edges[0] && edges[3] > edges[1]
            ? new BoxF(edges[0], edges[1], edges[2], edges[3])
            : throw JsonFields.Wrong(where, "expected right and bottom beyond left and top");
    }

    public static void Box(Utf8JsonWriter to, BoxF box)
    {
        Number(to, box.Left, 2);
        Number(to, box.Top, 2);
        Number(to, box.Right, 2);
        Number(to, box.Bottom, 2);
    }

    /// <summary>As seconds with microseconds, which is how finely FFmpeg's times come.</summary>
    public static void Seconds(Utf8JsonWriter to, string name, TimeSpan time) =>
        to.WriteNumber(name, Math.Round((decimal)time.Ticks / TimeSpan.TicksPerSecond, 6));

    public static void Number(Utf8JsonWriter to, string name, float value, int digits)
    {
        to.WritePropertyName(name);
        Number(to, value, digits);
    }

    public static void Number(Utf8JsonWriter to, float value, int digits) =>
        to.WriteNumberValue(Math.Round((decimal)value, digits));

    public static int Word(string text, string where, string[] words)
    {
        var index = Array.IndexOf(words, text);
        return index >= 0 ? index : throw JsonFields.Wrong(where, $"expected one of {string.Join(", ", words)}");
    }

    public static string? Hash(JsonFields fields)
    {
        if (!fields.Has("sha256"))
            return null;
        var hash = fields.Text("sha256", 64);
        return hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower) ? hash : throw JsonFields.Wrong(fields.At("sha256"), "expected 64 hexadecimal digits");
    }

    public static float[] Numbers(JsonElement array, string where, int count, float least, float most)
    {
        if (array.GetArrayLength() != count)
            throw JsonFields.Wrong(where, $"expected {count} numbers");
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
            numbers[i] = JsonFields.Number(array[i], $"{where}[{i}]", least, most);
        return numbers;
    }
}
