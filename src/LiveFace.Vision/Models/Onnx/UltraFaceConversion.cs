namespace LiveFace.Vision.Models.Onnx;

/// <summary>
/// Frees UltraFace's input size. The published graph ends in a decoding with the priors of 320×240 as constants; all
/// before it is convolution and fits any size. So the decoding goes, the box offsets become an output of their own, and
/// <see cref="Detection.Decoders.UltraFacePriors"/> makes the priors for the size at hand.
/// <para>
/// And a softmax of two values is the logistic function of their difference, which the heads' last convolutions can make at
/// no cost: thousands of tiny softmaxes become one pass over all scores.
/// </para>
/// </summary>
internal static class UltraFaceConversion
{
    public const int Version = 2;
    public const string Input = "input", Scores = "scores", Boxes = "boxes", Offsets = "offsets";

    public static byte[] Run(ReadOnlySpan<byte> file)
    {
        var model = OnnxReader.Read(file);
        var graph = model.Graph;
        var offsets = FindOffsets(graph);
        foreach (var node in graph.Nodes)
        {
            Rename(node.Inputs, offsets, Offsets);
            Rename(node.Outputs, offsets, Offsets);
        }
        ScoreByDifferences(graph);
        graph.Inputs.RemoveAll(input => input.Name != Input);
        if (graph.Inputs.Count != 1)
            throw Unexpected($"it has no input '{Input}'");
        graph.Inputs[0] = new OnnxValue(Input, OnnxType.Float, ["batch", 3, "height", "width"]);
        graph.Outputs.Clear();
        graph.Outputs.Add(new OnnxValue(Scores, OnnxType.Float, ["batch", "priors", 2]));
        graph.Outputs.Add(new OnnxValue(Offsets, OnnxType.Float, ["batch", "priors", 4]));
        graph.Prune();
        return OnnxWriter.Write(model);
    }

    /// <summary>
    /// Walks up from the boxes through the arithmetic of the decoding to the joined offsets of the four strides, which are
    /// the first value whose maker is a joining of four reshaped maps.
    /// </summary>
    private static string FindOffsets(OnnxGraph graph)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([Boxes]);
        while (open.TryDequeue(out var value))
        {
            if (!seen.Add(value) || graph.MakerOf(value) is not { } maker)
                continue;
            if (maker.Operation == "Concat" && maker.Inputs.Count == 4
                && maker.Inputs.TrueForAll(input => graph.MakerOf(input)?.Operation == "Reshape"))
                return value;
            foreach (var input in maker.Inputs)
                open.Enqueue(input);
        }
        throw Unexpected("its box offsets were not found");
    }

    private static void ScoreByDifferences(OnnxGraph graph)
    {
        if (graph.MakerOf(Scores) is not { Operation: "Softmax" } softmax || graph.MakerOf(softmax.Inputs[0]) is not { Operation: "Concat" } joined)
            throw Unexpected("its scores are no softmax of joined maps");
        foreach (var map in joined.Inputs)
        {
            var head = graph.MakerOf(map);
            while (head is { Operation: "Reshape" or "Transpose" })
                head = graph.MakerOf(head.Inputs[0]);
            if (head is not { Operation: "Conv", Inputs.Count: 3 })
                throw Unexpected("its scores do not come from convolutions");
            foreach (var name in head.Inputs.Skip(1))
                TakeDifferences(graph, name);
        }

        softmax.Operation = "Sigmoid";
        softmax.Attributes.Clear();
    }

    /// <summary>Channels come in pairs, nothing and face: each becomes itself less the other.</summary>
    private static void TakeDifferences(OnnxGraph graph, string name)
    {
        var at = graph.Initializers.FindIndex(tensor => tensor.Name == name);
        if (at < 0 || graph.Initializers[at] is not { Shape: [var channels, ..] } weights || channels % 2 != 0)
            throw Unexpected($"the weights '{name}' are not there in pairs");
        var values = weights.Floats;
        var each = values.Length / (int)channels;
        var differences = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
            differences[i] = values[i] - values[i / each % 2 == 0 ? i + each : i - each];
        graph.Initializers[at] = OnnxTensor.Of(name, weights.Shape, differences);
    }

    private static void Rename(List<string> names, string from, string to)
    {
        for (var index = 0; index < names.Count; index++)
            if (names[index] == from)
                names[index] = to;
    }

    private static InvalidDataException Unexpected(string what) => new($"the graph is not the UltraFace that preparation knows: {what}.");
}
