namespace LiveFace.Vision.Models.Onnx;

/// <summary>One operation of a graph. An input with an empty name is one that is left out.</summary>
internal sealed class OnnxNode(string operation)
{
    public string Operation { get; set; } = operation;

    public string Name { get; set; } = "";

    public string Domain { get; set; } = "";

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public Dictionary<string, OnnxAttribute> Attributes { get; } = new(StringComparer.Ordinal);

    public OnnxNode With(string name, OnnxAttribute value)
    {
        Attributes[name] = value;
        return this;
    }
}

/// <summary>A fixed parameter of an operation. Kinds that preparation never looks into are kept as their bytes.</summary>
internal sealed record OnnxAttribute
{
    public OnnxAttributeKind Kind { get; private init; }

    public long Integer { get; private init; }

    public float Float { get; private init; }

    public string Text { get; private init; } = "";

    public IReadOnlyList<long> Integers { get; private init; } = [];

    public IReadOnlyList<float> Floats { get; private init; } = [];

    public OnnxTensor? Tensor { get; private init; }

    /// <summary>The whole attribute as it was read, of a kind that is passed on unread.</summary>
    public byte[]? Unread { get; private init; }

    public static implicit operator OnnxAttribute(long value) => new() { Kind = OnnxAttributeKind.Integer, Integer = value };

    public static implicit operator OnnxAttribute(float value) => new() { Kind = OnnxAttributeKind.Float, Float = value };

    public static implicit operator OnnxAttribute(string value) => new() { Kind = OnnxAttributeKind.Text, Text = value };

    public static implicit operator OnnxAttribute(long[] value) => new() { Kind = OnnxAttributeKind.Integers, Integers = value };

    public static implicit operator OnnxAttribute(float[] value) => new() { Kind = OnnxAttributeKind.Floats, Floats = value };

    public static implicit operator OnnxAttribute(OnnxTensor value) => new() { Kind = OnnxAttributeKind.Tensor, Tensor = value };

    public static OnnxAttribute PassedOn(byte[] bytes) => new() { Unread = bytes };
}

/// <summary>Kinds of attributes, by their number in the format.</summary>
internal enum OnnxAttributeKind
{
    Float = 1,
    Integer = 2,
    Text = 3,
    Tensor = 4,
    Floats = 6,
    Integers = 7,
}
