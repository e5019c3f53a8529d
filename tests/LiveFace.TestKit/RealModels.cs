using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.TestKit;

/// <summary>The repository's models, prepared the way a user prepares them; one of each for all tests.</summary>
public static class RealModels
{
    public static ModelCatalogue Catalogue { get; } = ModelCatalogue.Load(Checkout.PathOf("models"));

    private static readonly Lazy<Detectors> Shared = new(() => new Detectors(Catalogue, new InferenceSessions(
        Catalogue, new ModelPreparation(Catalogue, TimeProvider.System), new InferenceOptions { Device = "cpu", Threads = 1 })));

    public static Task<IDetector> FacesAsync() =>
        Shared.Value.GetAsync("ultraface", progress: null, TestContext.Current.CancellationToken);

    public static Task<FaceReaders> ReadersAsync(FaceTraits traits) =>
        Shared.Value.GetReadersAsync(traits, progress: null, TestContext.Current.CancellationToken);

    public static Task<IDetector> ObjectsAsync() =>
        Shared.Value.GetAsync("nanodet", progress: null, TestContext.Current.CancellationToken);
}
