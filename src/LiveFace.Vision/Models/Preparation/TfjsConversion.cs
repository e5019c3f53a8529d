using LiveFace.Vision.Models.Onnx;
using LiveFace.Vision.Models.Tfjs;
using LiveFace.Vision.Models.Tfjs.Operations;

namespace LiveFace.Vision.Models.Preparation;

/// <summary>
/// Makes an ONNX model of a TensorFlow.js graph model. Pictures go in with channels first, whichever way the original
/// takes them; outputs come out as the original gives them, under the names of its signature.
/// </summary>
internal static class TfjsConversion
{
    public const int Version = 2;
    private const int OperatorSet = 17;
    private const int MostChannels = 4;

    private static readonly Dictionary<string, Action<TfjsNode, TfjsGraph>> Operations = new(StringComparer.Ordinal)
    {
        ["Conv2D"] = ConvolutionOperations.Convolve,
        ["_FusedConv2D"] = ConvolutionOperations.Convolve,
        ["DepthwiseConv2dNative"] = ConvolutionOperations.ConvolveDepthwise,
        ["FusedDepthwiseConv2dNative"] = ConvolutionOperations.ConvolveDepthwise,
        ["Conv2DBackpropInput"] = ConvolutionOperations.ConvolveBack,
        ["Add"] = ElementwiseOperations.Two("Add"),
        ["AddV2"] = ElementwiseOperations.Two("Add"),
        ["BiasAdd"] = ElementwiseOperations.Two("Add"),
        ["Sub"] = ElementwiseOperations.Two("Sub"),
        ["Mul"] = ElementwiseOperations.Two("Mul"),
        ["RealDiv"] = ElementwiseOperations.Two("Div"),
        ["AddN"] = ElementwiseOperations.Sum,
        ["Minimum"] = ElementwiseOperations.Minimum,
        ["Maximum"] = ElementwiseOperations.Maximum,
        ["Relu"] = ElementwiseOperations.Relu,
        ["Relu6"] = ElementwiseOperations.Relu6,
        ["LeakyRelu"] = ElementwiseOperations.LeakyRelu,
        ["Prelu"] = ElementwiseOperations.Prelu,
        ["Sigmoid"] = ElementwiseOperations.One("Sigmoid"),
        ["Tanh"] = ElementwiseOperations.One("Tanh"),
        ["Softmax"] = MatrixOperations.Softmax,
        ["MatMul"] = MatrixOperations.Multiply,
        ["_FusedMatMul"] = MatrixOperations.Multiply,
        ["MaxPool"] = PoolingOperations.Max,
        ["AvgPool"] = PoolingOperations.Average,
        ["Mean"] = PoolingOperations.Mean,
        ["ResizeBilinear"] = ResizeOperations.Bilinear,
        ["Identity"] = ShapeOperations.Identity,
        ["Transpose"] = ShapeOperations.Transpose,
        ["Reshape"] = ShapeOperations.Reshape,
        ["ConcatV2"] = ShapeOperations.Concatenate,
        ["SplitV"] = ShapeOperations.Split,
        ["Pad"] = ShapeOperations.Pad,
        ["PadV2"] = ShapeOperations.Pad,
        ["SparseToDense"] = ConstantOperations.SparseToDense,
    };

    /// <summary>
    /// Converts. With <paramref name="freesSize"/>, height and width of the picture stay open: pads and scales are those of
    /// the original's size, so other sizes have to divide by all of the network's strides, as the original's does.
    /// </summary>
    public static byte[] Run(byte[] json, ReadOnlySpan<byte> weights, bool freesSize = false)
    {
        try
        {
            return Converted(TfjsModel.Read(json, weights), freesSize);
        }
        catch (Exception broken) when (broken is not (InvalidDataException or OutOfMemoryException))
        {
            // The graph is JSON of any shape; what does not fit shows where it is used.
            throw new InvalidDataException($"the graph is not one that TensorFlow.js writes: {broken.Message}", broken);
        }
    }

    private static byte[] Converted(TfjsModel source, bool freesSize)
    {
        if (source.Nodes.FirstOrDefault(node => node.Operation is not ("Const" or "Placeholder") && !Operations.ContainsKey(node.Operation)) is { } unknown)
            throw new InvalidDataException($"the converter does not know the operation {unknown.Operation} (at '{unknown.Name}').");

        var model = new OnnxModel { Producer = "LiveFace", OperatorSets = { [""] = OperatorSet }, Graph = { Name = "converted" } };
        var readers = source.Nodes.SelectMany(node => node.Inputs).Concat(source.Outputs.Select(output => output.Value))
            .CountBy(value => value, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var graph = new TfjsGraph(model.Graph, readers, freesSize);
        foreach (var output in source.Outputs)
            graph.Unique(output.Name);
        foreach (var node in source.Nodes)
            Convert(node, source, graph);
        foreach (var (name, value) in source.Outputs)
            AddOutput(graph, name, new TfjsNode(name, "output", [value], default));
        model.Graph.Prune();
        return OnnxWriter.Write(model);
    }

    private static void Convert(TfjsNode node, TfjsModel source, TfjsGraph graph)
    {
        switch (node.Operation)
        {
            case "Const":
                graph.Put(node.Name, source.Weights.TryGetValue(node.Name, out var constant)
                    ? constant
                    : throw new InvalidDataException($"the weights hold nothing for '{node.Name}'."));
                break;
            case "Placeholder":
                AddInput(graph, node);
                break;
            default:
                Operations[node.Operation](node, graph);
                break;
        }
    }

    private static void AddInput(TfjsGraph graph, TfjsNode node)
    {
        var shape = node.Shape("shape");
        var isChannelsLast = shape.Length == 4 && shape[3] is > 0 and <= MostChannels && shape[1] > MostChannels;
        var input = new TfjsTensor(graph.Unique(node.Name), shape, isChannelsLast ? TfjsTensor.ChannelsFirst : TfjsTensor.AsMeant(shape.Length));
        graph.Put(node.Name, input);
        var sides = Dimensions(input.HeldShape);
        if (graph.FreesSize && sides.Length == 4)
            (sides[2], sides[3]) = ("height", "width");
        graph.Onnx.Inputs.Add(new OnnxValue(input.Name, OnnxType.Float, sides));
    }

    private static void AddOutput(TfjsGraph graph, string name, TfjsNode output)
    {
        var held = graph.HeldAsMeant(graph.Tensor(output, 0));
        graph.Onnx.Nodes.Add(new OnnxNode("Identity") { Name = name, Inputs = { held.Name }, Outputs = { name } });
        graph.Onnx.Outputs.Add(new OnnxValue(name, OnnxType.Float, graph.FreesSize
            ? [.. held.Shape.Select((_, axis) => (OnnxDimension)$"{name}:{axis}")]
            : Dimensions(held.Shape)));
    }

    private static OnnxDimension[] Dimensions(int[] shape) => [.. shape.Select(side => side < 0 ? (OnnxDimension)"batch" : side)];
}
