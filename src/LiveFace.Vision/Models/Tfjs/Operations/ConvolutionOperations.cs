using LiveFace.Vision.Models.Onnx;

namespace LiveFace.Vision.Models.Tfjs.Operations;

/// <summary>Convolutions. TensorFlow's filters are [height, width, in, out]; ONNX's are [out, in, height, width].</summary>
internal static class ConvolutionOperations
{
    public static void Convolve(TfjsNode node, TfjsGraph graph) => Add(node, graph, depthwise: false);

    public static void ConvolveDepthwise(TfjsNode node, TfjsGraph graph) => Add(node, graph, depthwise: true);

    /// <summary>The transposed convolution: its first input is the size of its output.</summary>
    public static void ConvolveBack(TfjsNode node, TfjsGraph graph)
    {
        var size = graph.Integers(node, 0);
        var filter = graph.Constant(node, 1);
        var input = graph.Held(graph.Tensor(node, 2), TfjsTensor.ChannelsFirst);
        // The window is that of the convolution which this one undoes, so its pads come from the large side.
        var spatial = Spatial.Read(node, input with { Shape = size }, filter.Shape[..2]);
        var onnx = new OnnxNode("ConvTranspose") { Inputs = { input.Name, graph.Initializer(node.Inputs[1], filter.Transposed(3, 2, 0, 1)) } };
        Window(onnx, spatial).With("output_shape", Spatial.Long(size[1..3]));
        // With the output's size given, ONNX works the pads out by itself in the same way (the odd pixel at the end).
        onnx.Attributes.Remove("pads");
        onnx.With("auto_pad", "SAME_UPPER");
        graph.Put(node.Name, new TfjsTensor(graph.Add(onnx, node.Name), [input.Shape[0], .. size[1..]], TfjsTensor.ChannelsFirst));
    }

    private static void Add(TfjsNode node, TfjsGraph graph, bool depthwise)
    {
        var filter = graph.Constant(node, 1);
        if (filter.Shape.Length != 4)
            throw node.Unsupported($"has a filter with {filter.Shape.Length} dimensions");
        var input = graph.Held(graph.Tensor(node, 0), TfjsTensor.ChannelsFirst);
        var spatial = Spatial.Read(node, input, filter.Shape[..2]);
        var channels = input.Shape[3];
        var outputs = depthwise ? channels * filter.Shape[3] : filter.Shape[3];
        var groups = depthwise ? channels : channels / filter.Shape[2];
        if (depthwise ? filter.Shape[2] != channels : channels % filter.Shape[2] != 0)
            throw node.Unsupported($"has a filter for {filter.Shape[2]} channels over {channels}");

        var weights = depthwise
            ? filter.Transposed(2, 3, 0, 1).Reshaped(outputs, 1, filter.Shape[0], filter.Shape[1])
            : filter.Transposed(3, 2, 0, 1);
        var (source, pads) = WithoutPad(graph, input.Name, spatial.Pads);
        var onnx = new OnnxNode("Conv") { Inputs = { source, graph.Initializer(node.Inputs[1], weights) } };
        Window(onnx, spatial with { Pads = pads }).With("group", groups);

        var fused = node.Texts("fused_ops");
        if (fused.Contains("BiasAdd"))
            onnx.Inputs.Add(graph.Initializer(node.Inputs[2], graph.Constant(node, 2)));
        var output = new TfjsTensor(graph.Add(onnx, node.Name), [input.Shape[0], .. spatial.Output, outputs], TfjsTensor.ChannelsFirst);
        graph.Put(node.Name, FusedOperations.Apply(node, graph, output, fused));
    }

    /// <summary>A padding with zeros before a convolution is the convolution's own padding.</summary>
    private static (string Source, int[] Pads) WithoutPad(TfjsGraph graph, string held, int[] pads)
    {
        if (graph.Maker(held) is not { Operation: "Pad", Inputs.Count: 2 } pad || pads.Any(side => side != 0))
            return (held, pads);
        var amounts = graph.Onnx.Initializers.Find(tensor => tensor.Name == pad.Inputs[1])!.Integers;
        return amounts is [0, 0, >= 0, >= 0, 0, 0, >= 0, >= 0]
            ? (pad.Inputs[0], [(int)amounts[2], (int)amounts[3], (int)amounts[6], (int)amounts[7]])
            : (held, pads);
    }

    private static OnnxNode Window(OnnxNode node, Spatial spatial) => node
        .With("kernel_shape", Spatial.Long(spatial.Kernel)).With("strides", Spatial.Long(spatial.Strides))
        .With("dilations", Spatial.Long(spatial.Dilations)).With("pads", Spatial.Long(spatial.Pads));
}
