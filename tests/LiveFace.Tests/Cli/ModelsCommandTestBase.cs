using LiveFace.Cli;

namespace LiveFace.Tests.Cli;

/// <summary>The models command over a folder with a catalogue of its own.</summary>
public abstract class ModelsCommandTestBase : IDisposable
{
    private const string Entry = """
        {
          "models": [
            {
              "id": "kind", "title": "A kind one", "job": "faces", "on": true, "first": true,
              "source": { "type": "file", "path": "kind.onnx" },
              "licence": { "package": "MIT", "weights": "MIT", "kind": "permissive" },
              "decoder": "ultraface",
              "input": { "name": "input", "layout": "nchw", "width": 320, "height": 240,
                         "colour": "rgb", "resize": "stretch", "mean": [127], "std": [128] }
            },
            {
              "id": "greedy", "job": "objects",
              "source": { "type": "file", "path": "greedy.onnx" },
              "licence": { "package": "MIT", "weights": "AGPL-3.0", "kind": "copyleft", "note": "Give your source." },
              "decoder": "yolo",
              "input": { "name": "images", "layout": "nchw", "width": 640, "height": 640,
                         "colour": "rgb", "resize": "stretch", "mean": [0], "std": [255] }
            }
          ]
        }
        """;

    private protected readonly string _folder = Directory.CreateTempSubdirectory("liveface").FullName;
    private protected readonly StringWriter _output = new();
    private protected readonly StringWriter _errors = new();

    protected ModelsCommandTestBase() => File.WriteAllText(Path.Combine(_folder, "models.json"), Entry);

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected Task<int> RunAsync(params string[] args) =>
        CommandLine.RunAsync([.. args, "--models", _folder], _output, _errors, TestContext.Current.CancellationToken);
}
