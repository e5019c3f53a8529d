using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;

namespace LiveFace.Reidentify;

/// <summary>
/// Hides each face of a gallery through a whole film in which the mask is never twice at the same place, lets
/// <see cref="FilmAttack"/> put the pictures together, and asks an embedding model whose face that is.
/// </summary>
public sealed class FilmExperiment : IDisposable
{
    private const uint OtherSeeds = 7919;

    private readonly FaceEmbedder _embedder;
    private readonly FramePool _pool;
    private readonly RegionStyle _style;
    private readonly List<VideoFrame> _pictures = [];
    private readonly List<Similarity> _crops = [];
    private readonly float[][] _gallery;
    private readonly Similarity _usualCrop;

    /// <summary>Brings every face to one size and place, and embeds it.</summary>
    public FilmExperiment(IEnumerable<KnownFace> faces, FaceEmbedder embedder, RegionStyle style, FramePool pool)
    {
        (_embedder, _style, _pool) = (embedder, style, pool);
        var gallery = new List<float[]>();
        foreach (var face in faces)
        {
            var side = Math.Max(face.Box.Width, face.Box.Height);
            var scale = FilmMasks.Box.Width / (float)side;
            var left = face.Box.X + face.Box.Width / 2f - side / 2f - FilmMasks.Box.X / scale;
            var top = face.Box.Y + face.Box.Height / 2f - side / 2f - FilmMasks.Box.Y / scale;
            var picture = pool.Rent(FilmMasks.Canvas, FilmMasks.Canvas);
            CropReader.Stretch(face.Picture, left, top, scale, picture);
            var crop = new Similarity(face.Crop.A * scale, face.Crop.B * scale, (face.Crop.Tx - left) * scale, (face.Crop.Ty - top) * scale);
            var embedding = embedder.Embed(picture, crop);
            if (gallery.Exists(known => Nearest.Likeness(known, embedding) > Experiment.SamePicture))
            {
                picture.Dispose();
                continue;
            }

            _pictures.Add(picture);
            _crops.Add(crop);
            gallery.Add(embedding);
        }

        _gallery = [.. gallery];
        _usualCrop = new Similarity(
            _crops.Average(crop => crop.A), _crops.Average(crop => crop.B), _crops.Average(crop => crop.Tx), _crops.Average(crop => crop.Ty));
    }

    /// <summary>Faces of the gallery.</summary>
    public int Faces => _gallery.Length;

    /// <summary>One picture with the mask where it belongs.</summary>
    public FilmResult Still(Func<IRegionEffect> effect, uint seed) => Run(effect, null, 0, [1], seed)[0];

    /// <summary>Films of several lengths, which grow; a longer one begins with the shorter ones.</summary>
    /// <param name="effect">Makes what hides.</param>
    /// <param name="cells">What is known of its cells, for one that has any.</param>
    /// <param name="jitter">Deviation of the mask's place and size, in parts of the face's size.</param>
    /// <param name="lengths">Numbers of pictures.</param>
    /// <param name="seed">What noise is drawn from.</param>
    public FilmResult[] Run(Func<IRegionEffect> effect, CellPrior? cells, double jitter, int[] lengths, uint seed)
    {
        var attack = new FilmAttack(FilmMasks.Make(jitter, lengths[^1], _style), lengths, cells, _pool);
        var probes = Embed(attack, effect, seed, lengths.Length, onlyCovered: false);
        var alike = Embed(attack, effect, seed + OtherSeeds, lengths.Length, onlyCovered: false);
        var probesCovered = Embed(attack, effect, seed, lengths.Length, onlyCovered: true);
        var alikeCovered = Embed(attack, effect, seed + OtherSeeds, lengths.Length, onlyCovered: true);
        return [.. lengths.Select((_, i) => new FilmResult(
            Nearest.Hits(probes[i], _gallery), Nearest.Hits(probes[i], alike[i]), Nearest.Hits(probesCovered[i], alikeCovered[i])))];
    }

    /// <summary>For each length the embeddings of all faces.</summary>
    private float[][][] Embed(FilmAttack attack, Func<IRegionEffect> effect, uint seed, int lengths, bool onlyCovered)
    {
        var embeddings = new float[lengths][][];
        for (var i = 0; i < lengths; i++)
            embeddings[i] = new float[Faces][];
        Parallel.For(0, Faces, Cores.All, effect, (face, _, own) =>
        {
            using var picture = onlyCovered ? attack.OnlyCovered(_pictures[face], _pool) : FrameCopies.Of(_pictures[face], _pool);
            var found = attack.PutTogether(picture, own, seed * 1_000_003 + (uint)face, _pool);
            for (var i = 0; i < lengths; i++)
            {
                // The crop's place is known from the face, so what is to tell of nothing but the cover is cut out alike.
                embeddings[i][face] = _embedder.Embed(found[i], onlyCovered ? _usualCrop : _crops[face]);
                found[i].Dispose();
            }

            return own;
        }, static _ => { });
        return embeddings;
    }

    /// <summary>Gives the pictures back.</summary>
    public void Dispose()
    {
        foreach (var picture in _pictures)
            picture.Dispose();
    }
}

/// <summary>How many faces were found.</summary>
/// <param name="Found">In a gallery of the bare pictures.</param>
/// <param name="FoundAlike">In a gallery hidden and put together alike, with noise of its own.</param>
/// <param name="FoundCovered">The same where all round the covered part is one grey: by what the cover itself gives back.</param>
public readonly record struct FilmResult(int Found, int FoundAlike, int FoundCovered);
