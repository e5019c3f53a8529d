using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Reidentify;

/// <summary>
/// Hides each face of a gallery and asks an embedding model whose it is. The gallery is the strictest there is: the
/// very same pictures, unhidden, cut out at the very same place, so that one who looks knows everything but the hidden
/// pixels themselves.
/// </summary>
public sealed class Experiment
{
    /// <summary>Likeness of a photograph to itself at another size: such a face is taken once.</summary>
    internal const float SamePicture = 0.9f;

    private readonly List<KnownFace> _faces;
    private readonly FaceEmbedder _embedder;
    private readonly float[][] _gallery;

    /// <summary>Embeds the gallery.</summary>
    public Experiment(IEnumerable<KnownFace> faces, FaceEmbedder embedder)
    {
        _embedder = embedder;
        var kept = new List<KnownFace>();
        var gallery = new List<float[]>();
        foreach (var face in faces)
        {
            var embedding = embedder.Embed(face.Picture, face.Crop);
            if (gallery.Exists(known => Nearest.Likeness(known, embedding) > SamePicture))
                continue;
            kept.Add(face);
            gallery.Add(embedding);
        }

        _faces = kept;
        _gallery = [.. gallery];
    }

    /// <summary>Faces of the gallery.</summary>
    public int Faces => _faces.Count;

    /// <summary>How many hits out of how many tries guessing would give or less, 99 times in 100.</summary>
    public static int ChanceBound(int tries, int gallery)
    {
        var p = 1.0 / gallery;
        var probability = Math.Pow(1 - p, tries);
        var sum = probability;
        var hits = 0;
        while (sum < 0.99)
        {
            probability *= (double)(tries - hits) / (hits + 1) * p / (1 - p);
            sum += probability;
            hits++;
        }

        return hits;
    }

    /// <summary>How many faces are found as the nearest of the gallery when nothing is hidden: all of them, or the gallery is unfit.</summary>
    public int HitsUnhidden() => Nearest.Hits(_gallery, _gallery);

    /// <summary>How many faces are found as the nearest of the gallery once they are hidden.</summary>
    public int Hits(IRegionEffect effect, RegionStyle style, FramePool pool, uint seed) =>
        Nearest.Hits(Hide(effect, style, pool, seed), _gallery);

    /// <summary>
    /// The same, and how many are found in a gallery that the one who looks hid in the same way with noise of their own:
    /// that recognises the photograph, by what is bare round the face as well.
    /// </summary>
    public (int Found, int FoundAlike) HitsBothWays(IRegionEffect effect, RegionStyle style, FramePool pool, uint seed)
    {
        var probes = Hide(effect, style, pool, seed);
        return (Nearest.Hits(probes, _gallery), Nearest.Hits(probes, Hide(effect, style, pool, seed + 7919)));
    }

    private float[][] Hide(IRegionEffect effect, RegionStyle style, FramePool pool, uint seed)
    {
        var embeddings = new float[_faces.Count][];
        for (var i = 0; i < _faces.Count; i++)
        {
            var face = _faces[i];
            using var copy = FrameCopies.Of(face.Picture, pool);
            var (growX, growY) = ((int)(face.Box.Width * style.Padding), (int)(face.Box.Height * style.Padding));
            var bounds = new PixelRect(face.Box.X - growX, face.Box.Y - growY, face.Box.Width + 2 * growX, face.Box.Height + 2 * growY);
            effect.Apply(copy, new EffectRegion(bounds, style.Shape, style.Feather, Seed: seed * 1_000_003 + (uint)i));
            embeddings[i] = _embedder.Embed(copy, face.Crop);
        }

        return embeddings;
    }
}
