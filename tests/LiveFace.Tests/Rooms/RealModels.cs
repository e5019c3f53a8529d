using LiveFace.Vision.Detection;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Tests.Rooms;

/// <summary>The repository's models, prepared the way a user prepares them; one of each for all tests.</summary>
internal static class RealModels
{
    public static ModelCatalogue Catalogue { get; } = ModelCatalogue.Load(Path.Combine(FindRoot(), "models"));

    private static readonly Lazy<Detectors> Shared = new(() => new Detectors(Catalogue, new InferenceSessions(
        Catalogue, new ModelPreparation(Catalogue, TimeProvider.System), new InferenceOptions { Device = "cpu", Threads = 1 })));

    public static Task<IDetector> FacesAsync() =>
        Shared.Value.GetAsync("ultraface", progress: null, TestContext.Current.CancellationToken);

    public static Task<IDetector> ObjectsAsync() =>
        Shared.Value.GetAsync("nanodet", progress: null, TestContext.Current.CancellationToken);

    public static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "LiveFace.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run inside the repository.");
        return folder;
    }
}
