using LiveFace.Vision.Models.Onnx;

namespace LiveFace.Vision.Models.Tfjs.Operations;

/// <summary>Operations on each element by itself, which work in whatever order a value is held.</summary>
internal static class ElementwiseOperations
{
    public static Action<TfjsNode, TfjsGraph> One(string operation) => (node, graph) =>
    {
        var input = graph.Tensor(node, 0);
        graph.Put(node.Name, input with { Name = graph.Add(new OnnxNode(operation) { Inputs = { input.Name } }, node.Name) });
    };

    public static Action<TfjsNode, TfjsGraph> Two(string operation) => (node, graph) =>
    {
        if (graph.IsConstant(node.Inputs[0]) && graph.IsConstant(node.Inputs[1]))
        {
            graph.Put(node.Name, ConstantOperations.Folded(node, operation, graph.Constant(node, 0), graph.Constant(node, 1)));
            return;
        }
        var (one, other) = Aligned(node, graph);
        var output = new OnnxNode(operation) { Inputs = { one.Name, other.Name } };
        graph.Put(node.Name, new TfjsTensor(graph.Add(output, node.Name), Broadcast(node, one.Shape, other.Shape), one.Order));
    };

    /// <summary>A sum of several values.</summary>
    public static void Sum(TfjsNode node, TfjsGraph graph)
    {
        var first = graph.Tensor(node, 0);
        var output = new OnnxNode("Sum");
        for (var index = 0; index < node.Inputs.Count; index++)
        {
            var input = graph.Tensor(node, index);
            if (!input.Shape.AsSpan().SequenceEqual(first.Shape))
                throw node.Unsupported("sums values of different shapes");
            output.Inputs.Add(graph.Held(input, first.Order).Name);
        }
        output.Operation = output.Inputs.Count == 2 ? "Add" : "Sum";
        graph.Put(node.Name, first with { Name = graph.Add(output, node.Name) });
    }

    public static void Relu(TfjsNode node, TfjsGraph graph) => Clamp(node, graph, 0, null);

    public static void Relu6(TfjsNode node, TfjsGraph graph) => Clamp(node, graph, 0, 6);

    public static void LeakyRelu(TfjsNode node, TfjsGraph graph)
    {
        var input = graph.Tensor(node, 0);
        var output = new OnnxNode("LeakyRelu") { Inputs = { input.Name } }.With("alpha", node.Number("alpha", 0.2f));
        graph.Put(node.Name, input with { Name = graph.Add(output, node.Name) });
    }

    public static void Prelu(TfjsNode node, TfjsGraph graph) =>
        graph.Put(node.Name, Sloped(graph, graph.Tensor(node, 0), node.Name, graph.Constant(node, 1)));

    /// <summary>The smaller of a value and a number, or of two values.</summary>
    public static void Minimum(TfjsNode node, TfjsGraph graph) => Limit(node, graph, "Min", number => (null, number));

    /// <summary>The larger of a value and a number, or of two values.</summary>
    public static void Maximum(TfjsNode node, TfjsGraph graph) => Limit(node, graph, "Max", number => (number, null));

    public static TfjsTensor Clamped(TfjsGraph graph, TfjsTensor input, string name, float? least, float? most)
    {
        var output = least == 0 && most is null
            ? new OnnxNode("Relu") { Inputs = { input.Name } }
            : new OnnxNode("Clip")
            {
                Inputs = { input.Name, least is { } low ? graph.Scalar(name + "/least", low) : "", most is { } high ? graph.Scalar(name + "/most", high) : "" },
            };
        return input with { Name = graph.Add(output, name) };
    }

    /// <summary>Values below zero times a slope of their channel, which is the last dimension as TensorFlow means it.</summary>
    public static TfjsTensor Sloped(TfjsGraph graph, TfjsTensor input, string name, TfjsConstant slope)
    {
        var output = new OnnxNode("PRelu") { Inputs = { input.Name, graph.Initializer(name + "/slope", AsHeld(slope, input)) } };
        return input with { Name = graph.Add(output, name) };
    }

    private static void Limit(TfjsNode node, TfjsGraph graph, string operation, Func<float, (float?, float?)> limits)
    {
        if (!graph.IsConstant(node.Inputs[1]) || graph.Constant(node, 1) is not { Count: 1 } number)
        {
            Two(operation)(node, graph);
            return;
        }
        var (least, most) = limits(number.Floats[0]);
        Clamp(node, graph, least, most);
    }

    /// <summary>One clamp after another is one clamp; ReLU and its bounds come as three operations in some graphs.</summary>
    private static void Clamp(TfjsNode node, TfjsGraph graph, float? least, float? most)
    {
        var input = graph.Tensor(node, 0);
        if (graph.OwnMaker(node, 0) is { Operation: "Relu" or "Clip" } before)
        {
            var (low, high) = before.Operation == "Relu" ? (0, null) : (Bound(graph, before, 1), Bound(graph, before, 2));
            // min(max(x, low), high) bounded again; only bounds that do not cross stay one clamp.
            if ((least ?? float.MinValue) <= (high ?? float.MaxValue) && (most ?? float.MaxValue) >= (low ?? float.MinValue))
            {
                low = low is null ? least : Math.Max(low.Value, least ?? low.Value);
                high = high is null ? most : Math.Min(high.Value, most ?? high.Value);
                graph.Put(node.Name, Clamped(graph, input with { Name = before.Inputs[0] }, node.Name, low, high));
                return;
            }
        }
        graph.Put(node.Name, Clamped(graph, input, node.Name, least, most));
    }

    private static float? Bound(TfjsGraph graph, OnnxNode clip, int input) =>
        clip.Inputs[input].Length == 0 ? null : graph.Onnx.Initializers.Find(tensor => tensor.Name == clip.Inputs[input])!.Floats[0];

    /// <summary>Both values held in the same order, constants brought into the order of the other.</summary>
    private static (TfjsTensor One, TfjsTensor Other) Aligned(TfjsNode node, TfjsGraph graph)
    {
        if (graph.IsConstant(node.Inputs[0]))
        {
            var second = graph.Tensor(node, 1);
            return (Constant(node, graph, 0, second), Widened(second, graph.Constant(node, 0), node));
        }
        var one = graph.Tensor(node, 0);
        if (graph.IsConstant(node.Inputs[1]))
            return (Widened(one, graph.Constant(node, 1), node), Constant(node, graph, 1, one));
        var other = graph.Tensor(node, 1);
        return one.Rank == other.Rank ? (one, graph.Held(other, one.Order)) : (graph.HeldAsMeant(one), graph.HeldAsMeant(other));
    }

    private static TfjsTensor Widened(TfjsTensor tensor, TfjsConstant constant, TfjsNode node) => constant.Shape.Length <= tensor.Rank
        ? tensor
        : throw node.Unsupported("widens a value to the dimensions of a constant");

    private static TfjsTensor Constant(TfjsNode node, TfjsGraph graph, int input, TfjsTensor like)
    {
        var constant = graph.Constant(node, input);
        var held = AsHeld(constant, like);
        int[] shape = [.. Enumerable.Repeat(1, Math.Max(0, like.Rank - constant.Shape.Length)), .. constant.Shape];
        return new TfjsTensor(graph.Initializer(node.Inputs[input], held), shape, like.Order);
    }

    /// <summary>A constant in the order in which another value is held.</summary>
    private static TfjsConstant AsHeld(TfjsConstant constant, TfjsTensor like)
    {
        if (constant.Count == 1)
            return constant.Reshaped();
        int[] shape = [.. Enumerable.Repeat(1, Math.Max(0, like.Rank - constant.Shape.Length)), .. constant.Shape];
        var order = new int[like.Rank];
        for (var axis = 0; axis < like.Rank; axis++)
            order[like.Order[axis]] = axis;
        return constant.Reshaped(shape).Transposed(order);
    }

    private static int[] Broadcast(TfjsNode node, int[] one, int[] other)
    {
        var result = new int[Math.Max(one.Length, other.Length)];
        for (var back = 1; back <= result.Length; back++)
        {
            var (first, second) = (back <= one.Length ? one[^back] : 1, back <= other.Length ? other[^back] : 1);
            result[^back] = first == second || second == 1 ? first : first == 1 ? second : throw node.Unsupported("joins shapes that do not fit");
        }
        return result;
    }
}
