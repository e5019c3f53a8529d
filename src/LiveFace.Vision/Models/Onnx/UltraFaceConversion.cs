namespace LiveFace.Vision.Models.Onnx;

/// <summary>
/// Frees UltraFace's input size. The published graph ends in a decoding with the priors of 320×240 as constants; all
/// before it is convolution and fits any size. So the decoding goes, the box offsets become an output of their own, and
/// <see cref="Detection.UltraFacePriors"/> makes the priors for the size at hand.
/// </summary>
internal static class UltraFaceConversion
{
    public const int Version = 1;
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

    private static void Rename(List<string> names, string from, string to)
    {
        for (var index = 0; index < names.Count; index++)
            if (names[index] == from)
                names[index] = to;
    }

    private static InvalidDataException Unexpected(string what) => new($"the graph is not the UltraFace that preparation knows: {what}.");
}
