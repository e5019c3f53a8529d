namespace LiveFace.Vision.Models.Onnx;

/// <summary>An ONNX model, as far as preparation has to change or make one.</summary>
internal sealed class OnnxModel
{
    public long IrVersion { get; set; } = 8;

    public string Producer { get; set; } = "";

    /// <summary>Versions of the operator sets by domain; the empty domain is ONNX's own.</summary>
    public Dictionary<string, long> OperatorSets { get; } = new(StringComparer.Ordinal);

    public OnnxGraph Graph { get; set; } = new();
}

/// <summary>Nodes in an order in which each finds its inputs made.</summary>
internal sealed class OnnxGraph
{
    public string Name { get; set; } = "";

    public List<OnnxNode> Nodes { get; } = [];

    public List<OnnxTensor> Initializers { get; } = [];

    public List<OnnxValue> Inputs { get; } = [];

    public List<OnnxValue> Outputs { get; } = [];
}

/// <summary>An input or output of a graph.</summary>
internal sealed record OnnxValue(string Name, OnnxType Type, IReadOnlyList<OnnxDimension> Shape);

/// <summary>A dimension's size, or the name of one that is known only when the model runs.</summary>
internal readonly record struct OnnxDimension(long Size, string? Name = null)
{
    public static implicit operator OnnxDimension(long size) => new(size);

    public static implicit operator OnnxDimension(string name) => new(0, name);
}

/// <summary>Element types of tensors, by their number in the format.</summary>
internal enum OnnxType
{
    Undefined = 0,
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
    Bool = 9,
    Float16 = 10,
    Double = 11,
}
