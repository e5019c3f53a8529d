using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Tests.Inference;

/// <summary>Sessions over the repository's catalogue, or one of their own.</summary>
public abstract class InferenceSessionsTestBase : IDisposable
{
    private protected readonly string _folder = Directory.CreateTempSubdirectory("liveface").FullName;
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected InferenceSessions Own(string file, string input)
    {
        File.WriteAllText(Path.Combine(_folder, "models.json"), "{}");
        File.WriteAllText(Path.Combine(_folder, "models.local.json"), $$"""
            {
              "models": [{
                "id": "mine", "job": "faces", "on": true,
                "source": { "type": "file", "path": "{{file}}" },
                "licence": { "package": "own", "weights": "own", "kind": "permissive" },
                "decoder": "ultraface",
                "input": { "name": "{{input}}", "layout": "nchw", "width": 320, "height": 240, "step": 8,
                           "colour": "rgb", "resize": "stretch", "mean": [127], "std": [128] }
              }]
            }
            """);
        var catalogue = ModelCatalogue.Load(_folder);
        return new InferenceSessions(catalogue, new ModelPreparation(catalogue, TimeProvider.System), new InferenceOptions { Device = "cpu" });
    }
}
