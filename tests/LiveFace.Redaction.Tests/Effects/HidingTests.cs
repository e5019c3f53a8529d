using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Reidentify;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>
/// Hides faces and asks an embedding model whose they are, against the very same pictures unhidden. The measurement on
/// larger pictures in colour is in docs/reference/hiding.md.
/// </summary>
public sealed class HidingTests : IDisposable
{
    private const int FilmFaces = 30;
    private const int Side = 200;

    /// <summary>The pictures are cut so tightly that there is nothing but face.</summary>
    private static readonly RegionStyle Tight = new(RegionShape.Box, 0, 0);

    private readonly FramePool _pool = new();
    private FaceEmbedder? _embedder;

    [Fact]
    public async Task The_default_effect_leaves_recognition_at_chance_in_a_picture_and_in_a_film()
    {
        await Open();
        using var films = new FilmExperiment(Known(FilmFaces), _embedder!, RegionStyle.Usual, _pool);
        var bound = Experiment.ChanceBound(films.Faces, films.Faces);

        var still = films.Still(Usual, seed: 1);
        var film = films.Run(Usual, cells: null, jitter: 0.02, [30], seed: 1)[0];

        still.Found.ShouldBeLessThanOrEqualTo(bound);
        film.Found.ShouldBeLessThanOrEqualTo(bound);
        // Where nothing differs but what is covered, all come out alike, and nobody is nearer to themselves than to others.
        still.FoundCovered.ShouldBeLessThanOrEqualTo(bound);
        film.FoundCovered.ShouldBeLessThanOrEqualTo(bound);

        static IRegionEffect Usual() => RegionEffects.Create(new EffectSettings());
    }

    [Fact]
    public async Task Noise_that_stays_while_the_mask_moves_gives_a_face_back_so_the_film_attack_has_teeth()
    {
        await Open();
        using var films = new FilmExperiment(Known(FilmFaces), _embedder!, RegionStyle.Usual, _pool);

        var film = films.Run(() => NoisyCells.Usual, CellPrior.NoisyCells, jitter: 0.04, [60], seed: 1)[0];

        film.FoundCovered.ShouldBeGreaterThan(films.Faces / 3);
    }

    [Fact]
    public async Task A_soft_blur_leaves_most_faces_recognisable_so_the_measurement_has_teeth()
    {
        var experiment = await Prepare();

        experiment.HitsUnhidden().ShouldBe(experiment.Faces);
        experiment.Hits(new SoftBlurEffect(20), Tight, _pool, 1).ShouldBeGreaterThan(experiment.Faces * 8 / 10);
    }

    private async Task<Experiment> Prepare()
    {
        await Open();
        var experiment = new Experiment(Known(LfwPictures.Faces), _embedder!);
        experiment.Faces.ShouldBeGreaterThan(90);
        return experiment;
    }

    private async Task Open()
    {
        var catalogue = ModelCatalogue.Load(ModelCatalogue.Locate(null));
        using var preparation = new ModelPreparation(catalogue, TimeProvider.System);
        var model = await preparation.PrepareAsync(catalogue.Find("sface"), null, TestContext.Current.CancellationToken);
        _embedder = new FaceEmbedder(model);
    }

    private List<KnownFace> Known(int faces)
    {
        var crop = new Similarity((float)Side / FaceEmbedder.Side, 0, 0, 0);
        return [.. Enumerable.Range(0, faces).Select(i =>
            new KnownFace($"{i}", LfwPictures.Read(_pool, i, Side), new PixelRect(0, 0, Side, Side), crop))];
    }

    public void Dispose()
    {
        _embedder?.Dispose();
        _pool.Dispose();
    }
}
