using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Tests.Models;
/// <summary>A folder with a catalogue of one model, and a registry that has its package.</summary>
public abstract class PreparationRig : IDisposable
{
    protected static byte[] Content { get; } = Encoding.UTF8.GetBytes("not really a network, but as long as it is whole nobody minds");
    protected string Folder { get; } = Directory.CreateTempSubdirectory("liveface").FullName;
    private protected FakeRegistry Registry { get; } = new(Tarball("package/net/a.onnx", Content));

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Directory.Delete(Folder, recursive: true);
    }

    protected static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    protected static byte[] Tarball(string name, byte[] content)
    {
        using var memory = new MemoryStream();
        using (var zipped = new GZipStream(memory, CompressionLevel.Fastest))
        using (var tar = new TarWriter(zipped))
        {
            using var other = new MemoryStream("{}"u8.ToArray());
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "package/package.json") { DataStream = other });
            using var data = new MemoryStream(content);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data });
        }
        return memory.ToArray();
    }

    protected IEnumerable<string> LeftOver() => Directory.EnumerateFileSystemEntries(Folder, "*.part", SearchOption.AllDirectories);

    protected void Install(string version)
    {
        var package = Path.Combine(Folder, "node_modules", "@scope", "name");
        Directory.CreateDirectory(Path.Combine(package, "net"));
        File.WriteAllText(Path.Combine(package, "package.json"), $$"""{ "version": "{{version}}" }""");
        File.WriteAllBytes(Path.Combine(package, "net", "a.onnx"), Content);
    }

    protected ModelPreparation Preparation(out ModelEntry model)
    {
        var models = Path.Combine(Folder, "models");
        Directory.CreateDirectory(models);
        File.WriteAllText(Path.Combine(models, "models.json"), $$"""
            {
              "models": [{
                "id": "one", "job": "objects", "on": true,
                "source": { "type": "npm", "package": "@scope/name@1.2.3", "file": "net/a.onnx", "sha256": "{{Hash(Content)}}" },
                "licence": { "package": "MIT", "weights": "MIT", "kind": "permissive" },
                "decoder": "yolo",
                "input": { "name": "images", "layout": "nchw", "width": 640, "height": 480,
                           "colour": "rgb", "resize": "stretch", "mean": [0], "std": [255] }
              }]
            }
            """);
        var catalogue = ModelCatalogue.Load(models);
        model = catalogue.Find("one");
        return new ModelPreparation(catalogue, TimeProvider.System, Folder, Registry);
    }
}
