using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Reidentify;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>
/// Hides a hundred faces and asks an embedding model whose they are, against the very same pictures unhidden. The faces
/// are the first hundred of python3-skimage's lfw_subset.npy (Labeled Faces in the Wild; 25 by 25 points of grey). The
/// measurement on larger pictures in colour is in docs/hiding.md.
/// </summary>
public sealed class HidingTests : IDisposable
{
    private const int Faces = 100;
    private const int Points = 25;
    private const int Side = 200;
    private const string File = "/usr/lib/python3/dist-packages/skimage/data/lfw_subset.npy";

    /// <summary>The pictures are cut so tightly that there is nothing but face.</summary>
    private static readonly RegionStyle Tight = new(RegionShape.Box, 0, 0);

    private readonly FramePool _pool = new();
    private FaceEmbedder? _embedder;

    [Fact]
    public async Task The_default_strength_of_the_default_effect_leaves_recognition_at_chance()
    {
        var experiment = await Prepare();
        const int Seeds = 2;

        var hits = 0;
        for (uint seed = 1; seed <= Seeds; seed++)
            hits += experiment.Hits(RegionEffects.Create(new EffectSettings()), Tight, _pool, seed);

        hits.ShouldBeLessThanOrEqualTo(Experiment.ChanceBound(Seeds * experiment.Faces, experiment.Faces));
    }

    [Fact]
    public async Task A_soft_blur_leaves_most_faces_recognisable_so_the_measurement_has_teeth()
    {
        var experiment = await Prepare();

        experiment.HitsUnhidden().ShouldBe(experiment.Faces);
        experiment.Hits(new BlurEffect(20), Tight, _pool, 1).ShouldBeGreaterThan(experiment.Faces * 8 / 10);
    }

    private async Task<Experiment> Prepare()
    {
        var catalogue = ModelCatalogue.Load(ModelCatalogue.Locate(null));
        using var preparation = new ModelPreparation(catalogue, TimeProvider.System);
        var model = await preparation.PrepareAsync(catalogue.Find("sface"), null, TestContext.Current.CancellationToken);
        _embedder = new FaceEmbedder(model);
        var data = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        // The format's version 1: ten bytes, the last two of which are the length of the text that follows.
        var values = data.AsMemory(10 + BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(8)));
        var crop = new Similarity((float)Side / FaceEmbedder.Side, 0, 0, 0);
        var experiment = new Experiment(Enumerable.Range(0, Faces).Select(i =>
        {
            var frame = Picture(MemoryMarshal.Cast<byte, double>(values.Span).Slice(i * Points * Points, Points * Points));
            return new KnownFace($"{i}", frame, new PixelRect(0, 0, Side, Side), crop);
        }), _embedder);
        experiment.Faces.ShouldBeGreaterThan(90);
        return experiment;
    }

    private VideoFrame Picture(ReadOnlySpan<double> points)
    {
        var frame = TestFrame.Flat(_pool, Side, Side, 0, 128, 128);
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
            {
                var (px, py) = (Place(x), Place(y));
                var (x0, y0) = (Math.Min((int)px, Points - 2), Math.Min((int)py, Points - 2));
                var (fx, fy) = (px - x0, py - y0);
                var upper = points[y0 * Points + x0] * (1 - fx) + points[y0 * Points + x0 + 1] * fx;
                var lower = points[(y0 + 1) * Points + x0] * (1 - fx) + points[(y0 + 1) * Points + x0 + 1] * fx;
                frame.RowY(y)[x] = (byte)(16 + 219 * (upper * (1 - fy) + lower * fy));
            }

        return frame;

        static double Place(int pixel) => Math.Clamp((pixel + 0.5) * Points / Side - 0.5, 0, Points - 1);
    }

    public void Dispose()
    {
        _embedder?.Dispose();
        _pool.Dispose();
    }
}
