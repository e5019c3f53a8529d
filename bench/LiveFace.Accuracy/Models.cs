using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Accuracy;

/// <summary>The repository's models, prepared where they are not yet.</summary>
internal static class Models
{
    public static string Root { get; } = FindRoot();

    private static readonly ModelCatalogue Catalogue = ModelCatalogue.Load(Path.Combine(Root, "models"));


    public static ModelCatalogue All => Catalogue;

    public static async Task<OnnxDetector> OpenAsync(string id, int threads = 1)
    {
        using var preparation = new ModelPreparation(Catalogue, TimeProvider.System);
        var entry = Catalogue.Find(id);
        var path = await preparation.PrepareAsync(entry, progress: null, CancellationToken.None);
        return OnnxDetector.Open(entry, path, threads);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "LiveFace.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Run it inside the repository.");
        return folder;
    }
}
