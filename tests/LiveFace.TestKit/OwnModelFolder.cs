using System.Text.Json.Nodes;

namespace LiveFace.TestKit;

/// <summary>
/// A folder of models with one in it, called "faces": the repository's face model as a file of the user's own, which
/// nobody can fetch again once it is gone.
/// </summary>
public sealed class OwnModelFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("liveface-models-").FullName;

    private OwnModelFolder()
    {
    }

    public string Path => System.IO.Path.Combine(_root, "models");

    /// <summary>The model's file.</summary>
    public string File => System.IO.Path.Combine(Path, "faces.onnx");

    public static async Task<OwnModelFolder> MakeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        await RealModels.FacesAsync();
        var models = RealModels.Catalogue.Folder;
        var folder = new OwnModelFolder();
        Directory.CreateDirectory(folder.Path);
        System.IO.File.Copy(System.IO.Path.Combine(models, "ultraface.onnx"), folder.File);
        var catalogue = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(System.IO.Path.Combine(models, "models.json"), cancel))!.AsObject();
        var model = catalogue["models"]!.AsArray().First(one => (string?)one!["id"] == "ultraface")!.DeepClone().AsObject();
        model["id"] = "faces";
        model["source"] = new JsonObject { ["type"] = "file", ["path"] = "faces.onnx" };
        model.Remove("convert");
        catalogue["models"] = new JsonArray(model);
        await System.IO.File.WriteAllTextAsync(System.IO.Path.Combine(folder.Path, "models.json"), catalogue.ToJsonString(), cancel);
        return folder;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
