using LiveFace.Vision.Models;

namespace LiveFace.Vision.Detection.Decoders;

/// <summary>A decoder that finds things: its word in the catalogue, what makes it, and the outputs that it reads.</summary>
internal sealed record DecoderEntry(ModelDecoder Decoder, Func<DecoderSetup, IDetectionDecoder> Make, string Outputs)
{
    public string Word => ModelWords.Of(Decoder);
}

/// <summary>Every decoder that finds things. Schema and docs are tested against this list.</summary>
internal static class DecoderRegistry
{
    public static IReadOnlyList<DecoderEntry> All { get; } =
    [
        new(ModelDecoder.FaceCells, setup => new FaceCellsDecoder(setup), "fifteen planes of cells at each of three strides"),
        new(ModelDecoder.UltraFace, setup => new UltraFaceDecoder(setup), "scores and box offsets over the priors of four strides"),
        new(ModelDecoder.RetinaFace, setup => new RetinaFaceDecoder(setup), "nine maps, three at each stride"),
        new(ModelDecoder.BlazeFace, setup => new BlazeFaceDecoder(setup), "scores and boxes over 896 anchors"),
        new(ModelDecoder.Yolo, setup => new YoloDecoder(setup), "one tensor of centres, sizes and class scores (v8 and later)"),
        new(ModelDecoder.YoloSeg, setup => new YoloSegDecoder(setup), "the same with 32 mask factors, and as many prototypes"),
        new(ModelDecoder.NanoDet, setup => new NanoDetDecoder(setup), "class maps and box distributions at three strides"),
        new(ModelDecoder.Scrfd, setup => new ScrfdDecoder(setup), "scores, distances and points at each stride"),
        new(ModelDecoder.YuNet, setup => new YuNetDecoder(setup), "class, objectness, box and points at each stride"),
        new(ModelDecoder.CenterFace, setup => new CenterFaceDecoder(setup), "a heat map with scale, offset and points"),
        new(ModelDecoder.TextMap, setup => new TextMapDecoder(setup), "a map of where text is"),
        new(ModelDecoder.Outline, setup => new OutlineDecoder(setup), "a mask of the picture, one number a pixel"),
        new(ModelDecoder.MainObject, setup => new MainObjectDecoder(setup), "one box in parts of the input, and a certainty"),
    ];

    public static DecoderEntry? Find(ModelDecoder decoder) => All.FirstOrDefault(entry => entry.Decoder == decoder);
}
