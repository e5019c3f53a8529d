using LiveFace.Vision.Models;

namespace LiveFace.Vision.Tests.Models;

/// <summary>Catalogues written by the test.</summary>
public abstract class CatalogueTestBase : IDisposable
{
    private protected const string Sound = """
        {
          "labels": { "pair": ["cat", "dog"] },
          "models": [{
            "id": "one", "job": "objects", "on": true,
            "source": { "type": "npm", "package": "@scope/name@1.2.3", "file": "a/b.onnx",
                        "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" },
            "licence": { "package": "MIT", "weights": "MIT", "kind": "permissive" },
            "decoder": "yolo",
            "input": { "name": "images", "layout": "nchw", "width": 640, "height": 480, "step": 32,
                       "colour": "rgb", "resize": "letterbox-centre", "padding": 114, "mean": [0], "std": [255] },
            "labels": "pair",
            "thresholds": { "score": 0.3, "overlap": 0.5 }
          }]
        }
        """;

    private protected readonly string _folder = Directory.CreateTempSubdirectory("liveface").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected ModelCatalogue Load(string json)
    {
        File.WriteAllText(Path.Combine(_folder, "models.json"), json);
        return ModelCatalogue.Load(_folder);
    }
}
