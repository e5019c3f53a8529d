using LiveFace.Vision.Detection.Decoders;
using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Tests.Models;

/// <summary>Faces found by a network as it is, without a detector around it.</summary>
internal static class UltraFaceBoxes
{
    public static readonly float[] Mean = [127, 127, 127], Std = [128, 128, 128];

    public static List<BoxF> Find(InferenceSession session, TestPicture picture, int width, int height)
    {
        var input = picture.Resize(width, height).Planes(Mean, Std);
        var outputs = OnePass.Run(session, [1, 3, height, width], input);
        var priors = new UltraFacePriors(width, height);
        var candidates = Enumerable.Range(0, priors.Count)
            .Where(index => outputs["scores"][index * 2 + 1] > 0.6f)
            .OrderByDescending(index => outputs["scores"][index * 2 + 1])
            .Select(index => priors.Decode(index, outputs["offsets"].AsSpan(index * 4, 4)));
        var kept = new List<BoxF>();
        foreach (var box in candidates)
            if (kept.TrueForAll(other => other.IntersectionOverUnion(box) < 0.3f))
                kept.Add(box);
        return kept;
    }
}
