namespace LiveFace.Vision.Models.Onnx;

/// <summary>
/// Older exporters list every weight as an input of the graph too, so that a caller could replace it. ONNX Runtime then
/// may not fold weights into each other. This strikes the weights off the inputs.
/// </summary>
internal static class ConstantsConversion
{
    public const int Version = 1;

    public static byte[] Run(ReadOnlySpan<byte> file)
    {
        var model = OnnxReader.Read(file);
        var weights = model.Graph.Initializers.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        model.Graph.Inputs.RemoveAll(input => weights.Contains(input.Name));
        return OnnxWriter.Write(model);
    }
}
