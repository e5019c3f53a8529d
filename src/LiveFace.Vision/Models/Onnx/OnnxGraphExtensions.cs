namespace LiveFace.Vision.Models.Onnx;

/// <summary>Questions and changes that several conversions share.</summary>
internal static class OnnxGraphExtensions
{
    /// <summary>Takes out nodes and constants that no output needs.</summary>
    public static void Prune(this OnnxGraph graph)
    {
        var needed = graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        for (var index = graph.Nodes.Count - 1; index >= 0; index--)
        {
            var node = graph.Nodes[index];
            if (node.Outputs.Exists(needed.Contains))
                needed.UnionWith(node.Inputs);
            else
                graph.Nodes.RemoveAt(index);
        }
        graph.Initializers.RemoveAll(tensor => !needed.Contains(tensor.Name));
    }

    /// <summary>The node that makes a value.</summary>
    public static OnnxNode? MakerOf(this OnnxGraph graph, string value) => graph.Nodes.Find(node => node.Outputs.Contains(value));
}
