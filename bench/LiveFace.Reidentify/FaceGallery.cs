using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Vision.Detection.Onnx;

namespace LiveFace.Reidentify;

/// <summary>Cuts faces out of picture files.</summary>
internal static class FaceGallery
{
    /// <summary>What the detector is less sure of is no use as a gallery.</summary>
    private const float MinimumScore = 0.8f;

    private const float MinimumSide = 32;

    public static List<KnownFace> Read(IEnumerable<string> files, OnnxDetector detector, FaceAligner aligner, FramePool pool)
    {
        var faces = new List<KnownFace>();
        var found = new DetectionList();
        using var lane = detector.OpenLane(1);
        foreach (var file in files)
        {
            var picture = ImageFile.Decode(File.ReadAllBytes(file), pool);
            found.Clear();
            lane.Sample(picture, new PixelRect(0, 0, picture.Width, picture.Height), detector.InputSize);
            lane.Infer(found);
            var kept = new List<BoxF>();
            foreach (var item in found.Items.ToArray().OrderByDescending(item => item.Score))
            {
                var box = item.Box;
                if (item.Score < MinimumScore || box.Width < MinimumSide || kept.Exists(other => other.IntersectionOverUnion(box) > 0.2f))
                    continue;
                kept.Add(box);
                var bounds = new PixelRect((int)box.Left, (int)box.Top, (int)box.Width, (int)box.Height);
                var crop = aligner.Align(picture, box.CentreX, box.CentreY, MathF.Max(box.Width, box.Height) * 1.1f);
                faces.Add(new KnownFace($"{Path.GetFileName(file)}@{bounds.X},{bounds.Y}", picture, bounds, crop));
            }
        }

        return faces;
    }
}
