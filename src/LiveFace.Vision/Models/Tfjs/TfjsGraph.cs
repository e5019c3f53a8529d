using LiveFace.Vision.Models.Onnx;

namespace LiveFace.Vision.Models.Tfjs;

/// <summary>The ONNX graph that is being made, and where each value of the TensorFlow.js graph is in it.</summary>
internal sealed class TfjsGraph(OnnxGraph graph, IReadOnlyDictionary<string, int> readers, bool freesSize)
{
    private readonly Dictionary<string, TfjsTensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TfjsConstant> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxNode> _makers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public OnnxGraph Onnx => graph;

    /// <summary>Whether pictures of other sizes than the original's may come.</summary>
    public bool FreesSize => freesSize;

    public void Put(string value, TfjsTensor tensor) => _tensors[value] = tensor;

    public void Put(string value, TfjsConstant constant) => _constants[value] = constant;

    public bool IsConstant(string value) => _constants.ContainsKey(value);

    /// <summary>A value that has to be known while converting.</summary>
    public TfjsConstant Constant(TfjsNode node, int input) => input < node.Inputs.Count && _constants.TryGetValue(node.Inputs[input], out var constant)
        ? constant
        : throw node.Unsupported($"has an input {input} that is not constant");

    public int[] Integers(TfjsNode node, int input) => Constant(node, input).Integers ?? throw node.Unsupported($"has an input {input} that is not of whole numbers");

    /// <summary>A value as it is held; a constant becomes one that is held as it is meant.</summary>
    public TfjsTensor Tensor(TfjsNode node, int input)
    {
        if (input >= node.Inputs.Count)
            throw node.Unsupported($"has no input {input}");
        var value = node.Inputs[input];
        if (_tensors.TryGetValue(value, out var tensor))
            return tensor;
        if (!_constants.TryGetValue(value, out var constant))
            throw node.Unsupported($"reads '{value}', an output of a node");
        return new TfjsTensor(Initializer(value, constant), constant.Shape, TfjsTensor.AsMeant(constant.Shape.Length));
    }

    /// <summary>The value held in a wanted order, with a transpose only where one is needed.</summary>
    public TfjsTensor Held(TfjsTensor tensor, int[] order)
    {
        if (tensor.Order.AsSpan().SequenceEqual(order))
            return tensor;
        var permutation = new long[tensor.Rank];
        for (var axis = 0; axis < tensor.Rank; axis++)
            permutation[order[axis]] = tensor.Order[axis];
        var moved = tensor with { Order = order };
        var held = tensor.HeldShape;
        var kept = permutation.Where(axis => held[axis] != 1).ToList();
        // Where only sides of one element move, the elements stay where they are and the shape alone changes.
        var isView = !freesSize && kept.SequenceEqual(kept.Order()) && !moved.HeldShape.Skip(1).Contains(-1);
        var node = isView
            ? new OnnxNode("Reshape") { Inputs = { tensor.Name, List(tensor.Name + "/shape", moved.HeldShape.Select(side => (long)side)) } }
            : new OnnxNode("Transpose") { Inputs = { tensor.Name } }.With("perm", permutation);
        return moved with { Name = Add(node, tensor.Name + "/held") };
    }

    public TfjsTensor HeldAsMeant(TfjsTensor tensor) => Held(tensor, TfjsTensor.AsMeant(tensor.Rank));

    /// <summary>Adds a node and gives the name of its output.</summary>
    public string Add(OnnxNode node, string name)
    {
        var output = Unique(name);
        node.Name = output;
        node.Outputs.Add(output);
        graph.Nodes.Add(node);
        _makers[output] = node;
        return output;
    }

    public string Unique(string name)
    {
        var unique = name;
        for (var number = 2; !_names.Add(unique); number++)
            unique = $"{name}_{number}";
        return unique;
    }

    /// <summary>The node that makes a held value, if nothing but the value's one reader sees it: then it may be changed.</summary>
    public OnnxNode? OwnMaker(TfjsNode reader, int input) =>
        _tensors.TryGetValue(reader.Inputs[input], out var tensor) && readers[reader.Inputs[input]] == 1 && _makers.TryGetValue(tensor.Name, out var maker)
        && maker.Outputs.Count == 1 ? maker : null;

    /// <summary>The node that makes a held value.</summary>
    public OnnxNode? Maker(string held) => _makers.GetValueOrDefault(held);

    public string Initializer(string name, TfjsConstant constant)
    {
        var unique = Unique(name + "/value");
        var shape = constant.Shape.Select(side => (long)side).ToList();
        graph.Initializers.Add(constant.Integers is { } integers
            ? OnnxTensor.Of(unique, shape, integers.Select(value => (long)value).ToArray())
            : OnnxTensor.Of(unique, shape, constant.Floats));
        return unique;
    }

    public string List(string name, IEnumerable<long> values)
    {
        var unique = Unique(name);
        graph.Initializers.Add(OnnxTensor.List(unique, [.. values]));
        return unique;
    }

    public string Scalar(string name, float value)
    {
        var unique = Unique(name);
        graph.Initializers.Add(OnnxTensor.Of(unique, [], [value]));
        return unique;
    }
}
