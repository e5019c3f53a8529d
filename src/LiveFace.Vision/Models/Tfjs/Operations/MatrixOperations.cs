using LiveFace.Vision.Models.Onnx;

namespace LiveFace.Vision.Models.Tfjs.Operations;

/// <summary>Fully connected layers and what stands at a network's end.</summary>
internal static class MatrixOperations
{
    public static void Multiply(TfjsNode node, TfjsGraph graph)
    {
        var input = graph.HeldAsMeant(graph.Tensor(node, 0));
        var weights = graph.Constant(node, 1);
        var (flipsInput, flipsWeights) = (node.Flag("transpose_a"), node.Flag("transpose_b"));
        if (input.Rank != 2 || weights.Shape.Length != 2 || flipsInput)
            throw node.Unsupported("multiplies other than rows of numbers with a matrix");
        var fused = node.Texts("fused_ops");
        var output = new OnnxNode("Gemm") { Inputs = { input.Name, graph.Initializer(node.Inputs[1], weights) } }.With("transB", flipsWeights ? 1 : 0);
        if (fused.Contains("BiasAdd"))
            output.Inputs.Add(graph.Initializer(node.Inputs[2], graph.Constant(node, 2)));
        var result = new TfjsTensor(graph.Add(output, node.Name), [input.Shape[0], weights.Shape[flipsWeights ? 0 : 1]], [0, 1]);
        graph.Put(node.Name, FusedOperations.Apply(node, graph, result, fused));
    }

    /// <summary>Over the last dimension as TensorFlow means it.</summary>
    public static void Softmax(TfjsNode node, TfjsGraph graph)
    {
        var input = graph.Tensor(node, 0);
        var output = new OnnxNode("Softmax") { Inputs = { input.Name } }.With("axis", input.Order[^1]);
        graph.Put(node.Name, input with { Name = graph.Add(output, node.Name) });
    }
}
