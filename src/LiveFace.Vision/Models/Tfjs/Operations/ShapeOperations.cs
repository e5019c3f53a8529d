using LiveFace.Vision.Models.Onnx;

namespace LiveFace.Vision.Models.Tfjs.Operations;

/// <summary>Operations that move elements about without changing them.</summary>
internal static class ShapeOperations
{
    public static void Identity(TfjsNode node, TfjsGraph graph)
    {
        if (graph.IsConstant(node.Inputs[0]))
            graph.Put(node.Name, graph.Constant(node, 0));
        else
            graph.Put(node.Name, graph.Tensor(node, 0));
    }

    /// <summary>Only the meaning of the dimensions changes; the value stays held as it is.</summary>
    public static void Transpose(TfjsNode node, TfjsGraph graph)
    {
        var input = graph.Tensor(node, 0);
        var permutation = graph.Integers(node, 1);
        if (permutation.Length != input.Rank)
            throw node.Unsupported("permutes another number of dimensions than its input has");
        graph.Put(node.Name, input with
        {
            Shape = [.. permutation.Select(axis => input.Shape[axis])],
            Order = [.. permutation.Select(axis => input.Order[axis])],
        });
    }

    public static void Reshape(TfjsNode node, TfjsGraph graph)
    {
        var input = graph.HeldAsMeant(graph.Tensor(node, 0));
        var wanted = graph.Integers(node, 1);
        if (graph.FreesSize && !wanted.Contains(-1))
            throw node.Unsupported("needs pictures of one size");
        var output = new OnnxNode("Reshape") { Inputs = { input.Name, graph.List(node.Name + "/shape", wanted.Select(side => (long)side)) } };
        graph.Put(node.Name, new TfjsTensor(graph.Add(output, node.Name), Sides(node, input.Shape, wanted), TfjsTensor.AsMeant(wanted.Length)));
    }

    public static void Concatenate(TfjsNode node, TfjsGraph graph)
    {
        var count = node.Inputs.Count - 1;
        var first = graph.Tensor(node, 0);
        var axis = Axis(graph.Integers(node, count)[0], first.Rank);
        var output = new OnnxNode("Concat").With("axis", first.Order[axis]);
        var total = 0;
        for (var index = 0; index < count; index++)
        {
            var input = graph.Tensor(node, index);
            total += input.Shape[axis];
            output.Inputs.Add(graph.Held(input, first.Order).Name);
        }
        int[] shape = [.. first.Shape];
        shape[axis] = total;
        graph.Put(node.Name, first with { Name = graph.Add(output, node.Name), Shape = shape });
    }

    public static void Split(TfjsNode node, TfjsGraph graph)
    {
        var input = graph.Tensor(node, 0);
        var sizes = graph.Integers(node, 1);
        var axis = Axis(graph.Integers(node, 2)[0], input.Rank);
        if (sizes.Sum() != input.Shape[axis])
            throw node.Unsupported("splits into parts that are not the whole");
        var output = new OnnxNode("Split") { Inputs = { input.Name, graph.List(node.Name + "/sizes", sizes.Select(size => (long)size)) } }
            .With("axis", input.Order[axis]);
        var firstName = graph.Add(output, node.Name);
        for (var index = 0; index < sizes.Length; index++)
        {
            if (index > 0)
                output.Outputs.Add(graph.Unique($"{node.Name}:{index}"));
            int[] shape = [.. input.Shape];
            shape[axis] = sizes[index];
            graph.Put(index == 0 ? node.Name : $"{node.Name}:{index}", input with { Name = index == 0 ? firstName : output.Outputs[index], Shape = shape });
        }
    }

    public static void Pad(TfjsNode node, TfjsGraph graph)
    {
        var input = graph.Tensor(node, 0);
        var amounts = graph.Integers(node, 1);
        var held = new long[input.Rank * 2];
        int[] shape = [.. input.Shape];
        for (var axis = 0; axis < input.Rank; axis++)
        {
            held[input.Order[axis]] = amounts[axis * 2];
            held[input.Order[axis] + input.Rank] = amounts[axis * 2 + 1];
            shape[axis] += amounts[axis * 2] + amounts[axis * 2 + 1];
        }
        if (held.All(amount => amount == 0))
        {
            graph.Put(node.Name, input);
            return;
        }
        var output = new OnnxNode("Pad") { Inputs = { input.Name, graph.List(node.Name + "/amounts", held) } };
        if (node.Inputs.Count > 2)
            output.Inputs.Add(graph.Scalar(node.Name + "/filling", graph.Constant(node, 2).Floats[0]));
        graph.Put(node.Name, input with { Name = graph.Add(output, node.Name), Shape = shape });
    }

    private static int Axis(int axis, int rank) => axis < 0 ? axis + rank : axis;

    /// <summary>The sides after a reshape, with the one that was left open worked out where the input's sides are known.</summary>
    private static int[] Sides(TfjsNode node, int[] from, int[] wanted)
    {
        var open = Array.IndexOf(wanted, -1);
        if (open < 0 || from.Contains(-1))
            return wanted;
        var known = wanted.Where(side => side != -1).Aggregate(1, (product, side) => product * side);
        var all = from.Aggregate(1, (product, side) => product * side);
        if (known == 0 || all % known != 0)
            throw node.Unsupported("asks for a shape that does not fit");
        int[] sides = [.. wanted];
        sides[open] = all / known;
        return sides;
    }
}
