namespace LiveFace.Vision.Models.Onnx;

/// <summary>
/// Frees the number of pictures that a graph takes at once, as far as it is written into its inputs, its outputs and the
/// shapes that it brings values to: a leading 1 becomes 'as many as came in'. Whether that was all, only a run tells.
/// </summary>
internal static class BatchFreedom
{
    private const string Batch = "batch";

    public static byte[] Run(ReadOnlySpan<byte> file)
    {
        var model = OnnxReader.Read(file);
        var graph = model.Graph;
        var constants = graph.Initializers.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
            if (node.Operation == "Constant" && node.Attributes.TryGetValue("value", out var value) && value.Tensor is { } tensor)
                constants[node.Outputs[0]] = tensor;
        Free(graph.Inputs, constants);
        Free(graph.Outputs, constants);
        foreach (var node in graph.Nodes)
            if (node.Operation == "Reshape" && node.Inputs.Count == 2 && !constants.ContainsKey(node.Inputs[0])
                && constants.TryGetValue(node.Inputs[1], out var shape) && FreedShape(shape) is { } freed)
            {
                node.Inputs[1] = freed.Name;
                if (!graph.Initializers.Exists(known => known.Name == freed.Name))
                    graph.Initializers.Add(freed);
            }

        graph.Prune();
        return OnnxWriter.Write(model);
    }

    private static void Free(List<OnnxValue> values, Dictionary<string, OnnxTensor> constants)
    {
        for (var i = 0; i < values.Count; i++)
            if (!constants.ContainsKey(values[i].Name) && values[i].Shape.Count > 1)
                values[i] = values[i] with { Shape = [Batch, .. values[i].Shape.Skip(1)] };
    }

    /// <summary>In a shape to bring a value to, 0 keeps the size that it has there.</summary>
    private static OnnxTensor? FreedShape(OnnxTensor shape) =>
        shape.Type == OnnxType.Int64 && shape.Integers.Length > 1 && shape.Integers[0] == 1
            ? OnnxTensor.List($"{shape.Name}/{Batch}{string.Join('x', shape.Integers.ToArray())}", [0, .. shape.Integers[1..]])
            : null;
}
