using System.Text;
using System.Text.Json;

namespace LiveFace.Vision.Models.Tfjs;

/// <summary>One operation of a TensorFlow.js graph, with its inputs by name.</summary>
internal sealed class TfjsNode(string name, string operation, IReadOnlyList<string> inputs, JsonElement attributes)
{
    public string Name { get; } = name;

    public string Operation { get; } = operation;

    /// <summary>Values it reads, without those that only order nodes.</summary>
    public IReadOnlyList<string> Inputs { get; } = inputs;

    public InvalidDataException Unsupported(string what) => new($"the operation {Operation} at '{Name}' {what}, which the converter does not know.");

    public bool Flag(string attribute) => TryGet(attribute, "b", out var value) && value.ValueKind == JsonValueKind.True;

    public float Number(string attribute, float otherwise) => TryGet(attribute, "f", out var value) ? value.GetSingle() : otherwise;

    public string Text(string attribute) => TryGet(attribute, "s", out var value) ? Decode(value) : "";

    public string[] Texts(string attribute) =>
        TryGet(attribute, "list", out var list) && list.TryGetProperty("s", out var values) ? [.. values.EnumerateArray().Select(Decode)] : [];

    public int[] Integers(string attribute) =>
        TryGet(attribute, "list", out var list) && list.TryGetProperty("i", out var values) ? [.. values.EnumerateArray().Select(Whole)] : [];

    /// <summary>The shape in an attribute; −1 for a size that is not fixed.</summary>
    public int[] Shape(string attribute) =>
        TryGet(attribute, "shape", out var shape) && shape.TryGetProperty("dim", out var sizes)
            ? [.. sizes.EnumerateArray().Select(size => Whole(size.GetProperty("size")))]
            : throw Unsupported($"has no {attribute}");

    private static string Decode(JsonElement value) => Encoding.UTF8.GetString(Convert.FromBase64String(value.GetString()!));

    /// <summary>64-bit numbers are written as texts.</summary>
    private static int Whole(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? int.Parse(value.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : value.GetInt32();

    private bool TryGet(string attribute, string kind, out JsonElement value)
    {
        value = default;
        return attributes.ValueKind == JsonValueKind.Object && attributes.TryGetProperty(attribute, out var found) && found.TryGetProperty(kind, out value);
    }
}
