using System.Runtime.InteropServices;

namespace LiveFace.Vision.Models.Onnx;

/// <summary>A constant tensor: its elements as little-endian bytes, last dimension innermost.</summary>
internal sealed record OnnxTensor(string Name, OnnxType Type, IReadOnlyList<long> Shape, byte[] Data)
{
    public ReadOnlySpan<float> Floats => Type == OnnxType.Float
        ? MemoryMarshal.Cast<byte, float>(Data)
        : throw new InvalidDataException($"the tensor '{Name}' holds {Type}, not floats.");

    public ReadOnlySpan<long> Integers => Type == OnnxType.Int64
        ? MemoryMarshal.Cast<byte, long>(Data)
        : throw new InvalidDataException($"the tensor '{Name}' holds {Type}, not 64-bit integers.");

    public static OnnxTensor Of(string name, IReadOnlyList<long> shape, ReadOnlySpan<float> values) =>
        new(name, OnnxType.Float, shape, MemoryMarshal.AsBytes(values).ToArray());

    public static OnnxTensor Of(string name, IReadOnlyList<long> shape, ReadOnlySpan<long> values) =>
        new(name, OnnxType.Int64, shape, MemoryMarshal.AsBytes(values).ToArray());

    public static OnnxTensor List(string name, params ReadOnlySpan<long> values) => Of(name, [values.Length], values);
}
