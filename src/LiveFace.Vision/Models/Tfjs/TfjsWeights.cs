using System.Buffers.Binary;
using System.Text.Json;

namespace LiveFace.Vision.Models.Tfjs;

/// <summary>
/// Reads the weights: the manifest lists name, shape and type in the order of the bytes. Weights may be stored as half
/// floats, or as small whole numbers with a scale and a least value.
/// </summary>
internal static class TfjsWeights
{
    public static Dictionary<string, TfjsConstant> Read(JsonElement manifest, ReadOnlySpan<byte> bytes)
    {
        var weights = new Dictionary<string, TfjsConstant>(StringComparer.Ordinal);
        foreach (var group in manifest.EnumerateArray())
            foreach (var entry in group.GetProperty("weights").EnumerateArray())
            {
                var name = entry.GetProperty("name").GetString()!;
                weights[name] = ReadOne(name, entry, ref bytes);
            }
        return bytes.IsEmpty ? weights : throw new InvalidDataException($"the weights are {bytes.Length} bytes longer than their list says.");
    }

    private static TfjsConstant ReadOne(string name, JsonElement entry, ref ReadOnlySpan<byte> bytes)
    {
        int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        var type = entry.GetProperty("dtype").GetString();
        var stored = type;
        var (scale, least) = (1f, 0f);
        if (entry.TryGetProperty("quantization", out var quantization))
        {
            stored = quantization.GetProperty("dtype").GetString();
            scale = quantization.TryGetProperty("scale", out var found) ? found.GetSingle() : 1;
            least = quantization.TryGetProperty("min", out found) ? found.GetSingle() : 0;
        }
        var size = stored switch
        {
            "float32" or "int32" => 4,
            "float16" or "uint16" => 2,
            "uint8" or "bool" => 1,
            _ => throw new InvalidDataException($"the weight '{name}' is stored as {stored}, which the converter does not know."),
        };
        var count = shape.Aggregate(1L, (product, side) => side >= 0 ? checked(product * side) : throw new InvalidDataException($"the weight '{name}' has no fixed shape."));
        if (count * size > bytes.Length)
            throw new InvalidDataException($"the weights end before '{name}' does.");

        var content = bytes[..(int)(count * size)];
        bytes = bytes[content.Length..];
        var floats = new float[count];
        for (var index = 0; index < floats.Length; index++)
            floats[index] = Value(content[(index * size)..], stored) * scale + least;
        if (type is not ("int32" or "bool"))
            return new TfjsConstant(shape, floats);

        // Whole numbers stored as such may be larger than a float holds exactly.
        int[] integers = stored == "int32"
            ? [.. Enumerable.Range(0, (int)count).Select(_ => 0)]
            : [.. floats.Select(value => (int)MathF.Round(value))];
        for (var index = 0; stored == "int32" && index < integers.Length; index++)
            integers[index] = BinaryPrimitives.ReadInt32LittleEndian(content[(index * 4)..]);
        return new TfjsConstant(shape, floats, integers);
    }

    private static float Value(ReadOnlySpan<byte> at, string stored) => stored switch
    {
        "float32" => BinaryPrimitives.ReadSingleLittleEndian(at),
        "float16" => (float)BinaryPrimitives.ReadHalfLittleEndian(at),
        "int32" => BinaryPrimitives.ReadInt32LittleEndian(at),
        "uint16" => BinaryPrimitives.ReadUInt16LittleEndian(at),
        _ => at[0],
    };
}
