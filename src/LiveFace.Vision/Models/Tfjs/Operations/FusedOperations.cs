namespace LiveFace.Vision.Models.Tfjs.Operations;

/// <summary>What TensorFlow.js does with a result right away, as part of the operation that makes it.</summary>
internal static class FusedOperations
{
    public static TfjsTensor Apply(TfjsNode node, TfjsGraph graph, TfjsTensor output, string[] fused)
    {
        foreach (var operation in fused)
            output = operation switch
            {
                "BiasAdd" => output,
                "Relu" => ElementwiseOperations.Clamped(graph, output, node.Name + "/relu", 0, null),
                "Relu6" => ElementwiseOperations.Clamped(graph, output, node.Name + "/relu6", 0, 6),
                "Prelu" => ElementwiseOperations.Sloped(graph, output, node.Name + "/prelu", graph.Constant(node, node.Inputs.Count - 1)),
                "Sigmoid" => output with { Name = graph.Add(new Onnx.OnnxNode("Sigmoid") { Inputs = { output.Name } }, node.Name + "/sigmoid") },
                _ => throw node.Unsupported($"does {operation} at its end"),
            };
        return output;
    }
}
