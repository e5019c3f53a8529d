using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Inference;

/// <summary>Where the CUDA provider's library is looked for, and how it gets there. It is large, so nothing fetches it unasked.</summary>
public static class GpuLibrary
{
    private const string Folder = "Plugins/Linux/x64/";

    private static readonly NpmModelSource Package = new(
        "com.github.asus4.onnxruntime.linux-x64-gpu", "0.4.9",
        new SourceFile(Folder + CudaProvider.LibraryName, "56cf3254b118ad837ccc4ed8f6d1b23504bbf7ef91b34cbc0b289cb7f10b3037"),
        new SourceFile(Folder + "libonnxruntime_providers_shared.so", "c6a12593396095f5670160e284c35d1700b7708cf3037b7042e2a5200ccae772"));

    /// <summary>Size of the package that <see cref="FetchAsync"/> fetches, in MiB, for the user to know before.</summary>
    public const int Mebibytes = 171;

    /// <summary>Fetches the library and gives its path.</summary>
    /// <exception cref="ModelException">It could not be fetched or is not the pinned one.</exception>
    public static async Task<string> FetchAsync(string modelsFolder, Action<string> report, CancellationToken cancel)
    {
        var project = ProjectFolder(modelsFolder);
        var folder = GpuFolder(modelsFolder);
        var target = Path.Combine(folder, CudaProvider.LibraryName);
        if (File.Exists(target))
            return target;

        var scratch = Path.Combine(project, ".cache", $"gpu-{Guid.NewGuid():N}.part");
        Directory.CreateDirectory(scratch);
        try
        {
            var packages = new NpmPackages(Path.Combine(project, "node_modules"), scratch, new NpmPack(project));
            var content = await packages.ReadAsync(Package, (stage, detail) => report($"{stage} {detail}"), cancel);
            var files = Package.Files.ToList();
            Directory.CreateDirectory(folder);
            // The provider itself comes last: it being there says that all is.
            for (var index = files.Count - 1; index >= 0; index--)
            {
                var part = Path.Combine(scratch, "library");
                await File.WriteAllBytesAsync(part, content[index], cancel);
                File.Move(part, Path.Combine(folder, Path.GetFileName(files[index].Path)), overwrite: true);
            }
            return target;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    internal static IEnumerable<string> Places(string modelsFolder) =>
    [
        Path.Combine(AppContext.BaseDirectory, CudaProvider.LibraryName),
        Path.Combine(GpuFolder(modelsFolder), CudaProvider.LibraryName),
        Path.Combine(ProjectFolder(modelsFolder), "node_modules", Package.Package, Folder, CudaProvider.LibraryName),
    ];

    private static string GpuFolder(string modelsFolder) => Path.Combine(ProjectFolder(modelsFolder), ".cache", "gpu");

    private static string ProjectFolder(string modelsFolder) => Path.GetDirectoryName(Path.GetFullPath(modelsFolder)) ?? modelsFolder;
}
