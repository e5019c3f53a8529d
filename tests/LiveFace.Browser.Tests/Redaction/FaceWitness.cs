using LiveFace.Browser.Tests.Fixtures;
using LiveFace.Media.Frames;
using LiveFace.Reidentify;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>
/// Somebody who looks at captured pictures and knows whom they would show: finds faces with BlazeFace, a model that the
/// server's rooms do not use, and asks SFace whose they are. Where the face is in the clip is known too, and looked at
/// in any case, cut out as it is cut out of the unhidden clip.
/// </summary>
internal sealed class FaceWitness : IDisposable
{
    // How much of what is around a face the finer look takes along, so that the face fills a third of its input.
    private const float WindowPart = 1f;

    private readonly NumberedClip _clip;
    private readonly FramePool _pool = new();
    private readonly OnnxDetector _detector;
    private readonly IDetectorLane _lane;
    private readonly FaceAligner _aligner;
    private readonly FaceEmbedder _embedder;
    private readonly DetectionList _found = new();
    private readonly (Similarity Crop, float[] Embedding)?[] _known = new (Similarity, float[])?[NumberedClip.Frames];

    private FaceWitness(NumberedClip clip, OnnxDetector detector, FaceAligner aligner, FaceEmbedder embedder)
    {
        _clip = clip;
        _detector = detector;
        _lane = detector.OpenLane(1);
        _aligner = aligner;
        _embedder = embedder;
    }

    public static async Task<FaceWitness> CallAsync(NumberedClip clip)
    {
        var catalogue = ModelCatalogue.Load(Path.Combine(Repository.Root, "models"));
        using var preparation = new ModelPreparation(catalogue, TimeProvider.System);
        async Task<string> Model(string id) =>
            await preparation.PrepareAsync(catalogue.Find(id), null, TestContext.Current.CancellationToken);
        return new FaceWitness(
            clip, OnnxDetector.Open(catalogue.Find("blazeface"), await Model("blazeface")),
            new FaceAligner(await Model("landmarks-68")), new FaceEmbedder(await Model("sface")));
    }

    /// <summary>How alike the face of another person's picture and the clip's person are.</summary>
    public float Likeness(VideoFrame stranger, Similarity crop) => Alike(_embedder.Embed(stranger, crop), Known(0).Embedding);

    /// <summary>What the witness makes of a returned picture.</summary>
    public Testimony Look(ReturnedPicture picture)
    {
        using var frame = picture.ToFrame(_pool, _clip.Scene.Width, _clip.Scene.Height);
        var number = FrameNumber.ReadFrom(picture.Luma, picture.Width, picture.Height);
        var known = Known(number ?? 0);
        _found.Clear();
        See(new PixelRect(0, 0, frame.Width, frame.Height), frame);
        var likeness = Testimony.NoFace;
        if (number is { } at)
        {
            var face = _clip.Face(at).Grow(WindowPart);
            See(new PixelRect((int)face.Left, (int)face.Top, (int)face.Width, (int)face.Height), frame);
            likeness = Alike(_embedder.Embed(frame, known.Crop), known.Embedding);
        }

        Suppression.KeepStrongest(_found, _detector.Thresholds.Overlap);
        var isFound = false;
        foreach (var found in _found.Items)
        {
            isFound |= number is { } seen && found.Box.IntersectionOverUnion(_clip.Face(seen)) > 0.3f;
            likeness = MathF.Max(likeness, Alike(_embedder.Embed(frame, Align(frame, found.Box)), known.Embedding));
        }

        return new Testimony(number, isFound, likeness);
    }

    public void Dispose()
    {
        _lane.Dispose();
        _detector.Dispose();
        _aligner.Dispose();
        _embedder.Dispose();
        _pool.Dispose();
    }

    private void See(PixelRect window, VideoFrame frame)
    {
        var inside = new PixelRect(
            Math.Max(0, window.X), Math.Max(0, window.Y),
            Math.Min(frame.Width, window.X + window.Width) - Math.Max(0, window.X),
            Math.Min(frame.Height, window.Y + window.Height) - Math.Max(0, window.Y));
        _lane.Sample(frame, inside, _detector.InputSize).ShouldBeTrue();
        _lane.Infer(_found).ShouldBe(DetectionVerdict.Seen);
    }

    private Similarity Align(VideoFrame frame, BoxF box) =>
        _aligner.Align(frame, box.CentreX, box.CentreY, MathF.Max(box.Width, box.Height) * 1.1f);

    private (Similarity Crop, float[] Embedding) Known(int number)
    {
        if (_known[number] is { } before)
            return before;
        using var frame = _clip.Scene.Draw(_pool, number);
        var crop = Align(frame, _clip.Face(number));
        _known[number] = (crop, _embedder.Embed(frame, crop));
        return _known[number]!.Value;
    }

    private static float Alike(float[] a, float[] b)
    {
        var sum = 0f;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}

