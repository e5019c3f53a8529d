using LiveFace.Vision.Models;

namespace LiveFace.Vision.Detection.Decoders;

/// <summary>What a decoder is made for: a model, an input size, a number of classes, and the outputs that a run gave.</summary>
internal sealed record DecoderSetup(string ModelId, InputSize Size, int Classes, IReadOnlyList<OutputTensor> Outputs)
{
    /// <summary>Makes the decoder that the catalogue names; refuses outputs that it cannot read.</summary>
    public IDetectionDecoder Make(ModelDecoder decoder) => DecoderRegistry.Find(decoder)?.Make(this)
        ?? throw new ModelRefusedException(ModelId, "a decoder that finds things", $"'{ModelWords.Of(decoder)}'");

    /// <summary>Index of the one output that fits; refuses the model when there is none.</summary>
    public int Find(Func<OutputTensor, bool> fits, string expected)
    {
        for (var i = 0; i < Outputs.Count; i++)
            if (fits(Outputs[i]))
                return i;
        throw Refuse(expected);
    }

    /// <summary>The output of that map size and channels, planes first.</summary>
    public int FindMap(int channels, int height, int width) => Find(
        o => o.Rank >= 3 && o.FromEnd(1) == width && o.FromEnd(2) == height && o.FromEnd(3) == channels,
        $"an output [1,{channels},{height},{width}]");

    /// <summary>The output of so many rows and columns whose name holds the hint, or else the first of that shape.</summary>
    public int FindRows(int rows, int columns, string hint = "")
    {
        bool Fits(OutputTensor o) => o.Rank >= 2 && o.Last == columns && o.Values.Length == rows * columns;
        if (hint.Length > 0)
            for (var i = 0; i < Outputs.Count; i++)
                if (Fits(Outputs[i]) && Outputs[i].Name.Contains(hint, StringComparison.OrdinalIgnoreCase))
                    return i;
        return Find(Fits, $"an output [1,{rows},{columns}]");
    }

    public ModelRefusedException Refuse(string expected) => new(
        ModelId, $"{expected} at an input of {Size}", Outputs.Count == 0 ? "no output" : string.Join(" and ", Outputs));
}
