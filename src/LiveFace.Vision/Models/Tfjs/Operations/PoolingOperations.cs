using LiveFace.Vision.Models.Onnx;

namespace LiveFace.Vision.Models.Tfjs.Operations;

/// <summary>Poolings and means over a picture.</summary>
internal static class PoolingOperations
{
    public static void Max(TfjsNode node, TfjsGraph graph) => Pool(node, graph, "MaxPool");

    public static void Average(TfjsNode node, TfjsGraph graph) => Pool(node, graph, "AveragePool");

    public static void Mean(TfjsNode node, TfjsGraph graph)
    {
        var input = graph.Tensor(node, 0);
        int[] axes = [.. graph.Integers(node, 1).Select(axis => axis < 0 ? axis + input.Rank : axis).Order()];
        var keeps = node.Flag("keep_dims");
        if (input.Rank == 4 && axes is [1, 2])
        {
            var held = graph.Held(input, TfjsTensor.ChannelsFirst);
            var pooled = new TfjsTensor(
                graph.Add(new OnnxNode("GlobalAveragePool") { Inputs = { held.Name } }, node.Name), [input.Shape[0], 1, 1, input.Shape[3]], held.Order);
            if (!keeps)
            {
                var flat = new OnnxNode("Flatten") { Inputs = { pooled.Name } }.With("axis", 1);
                pooled = new TfjsTensor(graph.Add(flat, node.Name + "/flat"), [input.Shape[0], input.Shape[3]], [0, 1]);
            }
            graph.Put(node.Name, pooled);
            return;
        }
        var meant = graph.HeldAsMeant(input);
        var mean = new OnnxNode("ReduceMean") { Inputs = { meant.Name } }.With("axes", Spatial.Long(axes)).With("keepdims", keeps ? 1 : 0);
        int[] shape = [.. input.Shape.Select((side, axis) => axes.Contains(axis) ? (keeps ? 1 : 0) : side).Where(side => side != 0)];
        graph.Put(node.Name, new TfjsTensor(graph.Add(mean, node.Name), shape, TfjsTensor.AsMeant(shape.Length)));
    }

    private static void Pool(TfjsNode node, TfjsGraph graph, string operation)
    {
        var input = graph.Held(graph.Tensor(node, 0), TfjsTensor.ChannelsFirst);
        var spatial = Spatial.Read(node, input, Spatial.Pair(node, "ksize"));
        int[] shape = [input.Shape[0], .. spatial.Output, input.Shape[3]];
        if (operation == "AveragePool" && spatial.Output is [1, 1] && spatial.Kernel.AsSpan().SequenceEqual(input.Shape.AsSpan(1, 2)))
        {
            graph.Put(node.Name, new TfjsTensor(graph.Add(new OnnxNode("GlobalAveragePool") { Inputs = { input.Name } }, node.Name), shape, input.Order));
            return;
        }
        var (source, pads) = operation == "MaxPool" ? WithoutPad(graph, input.Name, spatial.Pads) : (input.Name, spatial.Pads);
        var onnx = new OnnxNode(operation) { Inputs = { source } }
            .With("kernel_shape", Spatial.Long(spatial.Kernel)).With("strides", Spatial.Long(spatial.Strides)).With("pads", Spatial.Long(pads));
        graph.Put(node.Name, new TfjsTensor(graph.Add(onnx, node.Name), shape, input.Order));
    }

    /// <summary>A padding with minus infinity before a maximum is the pooling's own padding.</summary>
    private static (string Source, int[] Pads) WithoutPad(TfjsGraph graph, string held, int[] pads)
    {
        if (graph.Maker(held) is not { Operation: "Pad", Inputs.Count: 3 } pad || pads.Any(side => side != 0))
            return (held, pads);
        var constants = graph.Onnx.Initializers;
        var filling = constants.Find(tensor => tensor.Name == pad.Inputs[2])!.Floats[0];
        return float.IsNegativeInfinity(filling) && constants.Find(tensor => tensor.Name == pad.Inputs[1])!.Integers is [0, 0, >= 0, >= 0, 0, 0, >= 0, >= 0] amounts
            ? (pad.Inputs[0], [(int)amounts[2], (int)amounts[3], (int)amounts[6], (int)amounts[7]])
            : (held, pads);
    }
}
