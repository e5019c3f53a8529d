using LiveFace.Vision.Detection.Decoders;
using LiveFace.Vision.Models;

namespace LiveFace.Vision.Attributes;

/// <summary>A reader of faces: its word in the catalogue, what it tells, what makes it, and the outputs that it reads.</summary>
internal sealed record ReaderEntry(
    ModelDecoder Decoder, FaceTraits Tells, Func<DecoderSetup, ModelEntry, IFaceReader> Make, string Outputs)
{
    public string Word => ModelWords.Of(Decoder);
}

/// <summary>Every reader of faces. Schema and docs are tested against this list.</summary>
internal static class ReaderRegistry
{
    public static IReadOnlyList<ReaderEntry> All { get; } =
    [
        new(ModelDecoder.FaceRes, FaceTraits.Age | FaceTraits.Gender, (setup, _) => new FaceResReader(setup), "how likely each of a hundred ages is, and how male a face looks"),
        new(ModelDecoder.Classes, FaceTraits.Emotion, (setup, model) => new EmotionReader(setup, model.Labels), "one score for each emotion of a face"),
    ];

    public static ReaderEntry? Find(ModelEntry model) =>
        model.Job == ModelJob.Attributes ? All.FirstOrDefault(entry => entry.Decoder == model.Decoder) : null;
}
