using LiveFace.Vision.Attributes;

namespace LiveFace.Features.Files.Detections;

/// <summary>What was read of a face; null is what was not asked for, or what nothing is known about.</summary>
internal sealed record FaceAttributes(FaceAttributes.AgeRange? Age, FaceAttributes.Word? Gender, FaceAttributes.Word? Emotion)
{
    private const string Unsure = "unsure";

    public static FaceAttributes? Of(FaceReading? reading) => reading is not { } read ? null : new FaceAttributes(
        read.Age is { } age ? new AgeRange(Round(age.Years, 1), Round(age.Low, 1), Round(age.High, 1)) : null,
        read.Gender is { } gender ? new Word(gender.Value.ToString().ToLowerInvariant(), Round(gender.Certainty, 3)) : null,
        read.Emotion is { } emotion ? new Word(emotion.Value ?? Unsure, Round(emotion.Certainty, 3)) : null);

    private static float Round(float value, int digits) => MathF.Round(value, digits);

    internal sealed record AgeRange(float Years, float Low, float High);

    internal sealed record Word(string Value, float Certainty);
}
