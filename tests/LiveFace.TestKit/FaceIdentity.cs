using System.Collections.Concurrent;
using LiveFace.Media.Frames;
using LiveFace.Reidentify;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.TestKit;

/// <summary>
/// Whether a face in a picture is still the one that was there: <see cref="Likeness"/>, and beside it SFace, a model that
/// tells people apart, on the crop that the unhidden face gives.
/// </summary>
#pragma warning disable CA1001 // One for the whole run.
public sealed class FaceIdentity
#pragma warning restore CA1001
{
    // From this cosine on SFace's makers call two faces the same person.
    private const double SamePerson = 0.363;
    private const float CropPart = 1.1f;

#pragma warning disable RS0030 // Opened once, from tests that measure where they cannot wait.
    private static readonly Lazy<FaceIdentity> Shared = new(() => Task.Run(OpenAsync).GetAwaiter().GetResult());
#pragma warning restore RS0030

    private readonly ConcurrentDictionary<(int Picture, BoxF Face), (Similarity Crop, float[] Embedding)> _known = [];
    private readonly FaceAligner _aligner;
    private readonly FaceEmbedder _embedder;
    private readonly FramePool _pool = new();

    private FaceIdentity(FaceAligner aligner, FaceEmbedder embedder)
    {
        _aligner = aligner;
        _embedder = embedder;
    }

    /// <summary>How much of a face is there, on the scale of <see cref="Likeness"/>: from <see cref="Likeness.Shown"/> on it is shown.</summary>
    public static double LikenessOf(byte[] before, byte[] after, int width, int height, BoxF face)
    {
        var detail = Likeness.Of(before, after, width, height, face);
        // A face that is shown anyway need not be recognised.
        return detail >= Likeness.Shown ? detail : Math.Max(detail, Shared.Value.Alike(before, after, width, height, face) * Likeness.Shown / SamePerson);
    }

    private static async Task<FaceIdentity> OpenAsync()
    {
        using var preparation = new ModelPreparation(RealModels.Catalogue, TimeProvider.System);
        async Task<string> Model(string id) => await preparation.PrepareAsync(RealModels.Catalogue.Find(id), null, CancellationToken.None);
        return new FaceIdentity(new FaceAligner(await Model("landmarks-68")), new FaceEmbedder(await Model("sface")));
    }

    private double Alike(byte[] before, byte[] after, int width, int height, BoxF face)
    {
        var hash = new HashCode();
        hash.AddBytes(before);
        var (crop, own) = _known.GetOrAdd((hash.ToHashCode(), face), _ =>
        {
            using var picture = Frame(before, width, height);
            var place = _aligner.Align(picture, face.CentreX, face.CentreY, MathF.Max(face.Width, face.Height) * CropPart);
            return (place, _embedder.Embed(picture, place));
        });
        using var seen = Frame(after, width, height);
        return own.Zip(_embedder.Embed(seen, crop), (a, b) => a * b).Sum();
    }

    private VideoFrame Frame(byte[] luma, int width, int height)
    {
        var frame = _pool.Rent(width, height);
        FrameCopy.Fill(frame, 16, 128, 128);
        for (var y = 0; y < height; y++)
            luma.AsSpan(y * width, width).CopyTo(frame.RowY(y));
        return frame;
    }
}
