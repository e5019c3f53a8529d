using System.Text.Json.Nodes;
using LiveFace.Vision.Models.Onnx;

namespace LiveFace.TestKit;

/// <summary>
/// A folder of the repository's models in which the one for watermarks is a small one, written by the test, whose answers can be
/// worked out by hand.
/// </summary>
public sealed class MarkModels : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("liveface-marks-").FullName;

    private MarkModels(OnnxModel model)
    {
        Directory.CreateDirectory(Path);
        foreach (var one in Directory.EnumerateFileSystemEntries(Checkout.PathOf("models")).Where(one => !one.EndsWith(".local.json", StringComparison.Ordinal)))
            File.CreateSymbolicLink(System.IO.Path.Combine(Path, System.IO.Path.GetFileName(one)), one);
        var file = System.IO.Path.Combine(_root, "watermark.onnx");
        File.WriteAllBytes(file, OnnxWriter.Write(model));
        var entry = new JsonObject
        {
            ["id"] = "watermark", ["job"] = "watermark", ["on"] = true, ["source"] = new JsonObject { ["type"] = "file", ["path"] = file },
            ["licence"] = new JsonObject { ["package"] = "own", ["weights"] = "own", ["kind"] = "permissive" }, ["decoder"] = "unmark",
            ["input"] = JsonNode.Parse("""
                { "name": "picture", "layout": "nchw", "width": 512, "height": 512, "step": 16, "colour": "rgb", "resize": "stretch", "mean": [0], "std": [255] }
                """),
        };
        File.WriteAllText(System.IO.Path.Combine(Path, "models.local.json"), new JsonObject { ["models"] = new JsonArray(entry) }.ToJsonString());
    }

    /// <summary>The folder, for <c>--models</c> and <c>Models:Folder</c>.</summary>
    public string Path => System.IO.Path.Combine(_root, "models");

    /// <summary>Takes what is redder than anything in a photograph for a mark.</summary>
    public static MarkModels Red() => new(Net(Point("seen", [1, 3, 1, 1], [10, -5, -5], [-3.5f])));

    /// <summary>How surely a pixel is marked is each tile's mean: nothing shows the seams of tiles more.</summary>
    public static MarkModels Means()
    {
        var mean = new OnnxNode("GlobalAveragePool") { Inputs = { "grey" }, Outputs = { "mean" } };
        var spread = new OnnxNode("Add") { Inputs = { "nothing", "mean" }, Outputs = { "seen" } };
        var (grey, greyTensors) = Point("grey", [1, 3, 1, 1], [0, 1, 0], [0]);
        var (nothing, tensors) = Point("nothing", [1, 3, 1, 1], [0, 0, 0], [0]);
        return new MarkModels(Net(([.. grey, .. nothing, mean, spread], [.. greyTensors, .. tensors])));
    }

    /// <summary>A grey of 0 to 255 under a red mark of a half, as red, green, blue and alpha.</summary>
    public static uint Under(int grey) => ((uint)(grey + 254) / 2 << 24) | ((uint)grey / 2 * 0x010100) | 0xFF;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static (OnnxNode[] Nodes, OnnxTensor[] Tensors) Point(string output, long[] shape, float[] weights, float[] bias) => (
        [new OnnxNode("Conv") { Inputs = { "picture", output + "-weights", output + "-bias" }, Outputs = { output } }],
        [OnnxTensor.Of(output + "-weights", shape, weights), OnnxTensor.Of(output + "-bias", [bias.Length], bias)]);

    private static OnnxModel Net((OnnxNode[] Nodes, OnnxTensor[] Tensors) seen)
    {
        var model = new OnnxModel { OperatorSets = { [""] = 13 } };
        var (nodes, tensors) = Point("cover", [1, 3, 1, 1], [0, 0, 0], [1]);
        model.Graph.Name = "marks";
        model.Graph.Nodes.AddRange([.. seen.Nodes, new OnnxNode("Clip") { Inputs = { "seen", "least", "most" }, Outputs = { "mask" } }, .. nodes]);
        model.Graph.Initializers.AddRange([.. seen.Tensors, OnnxTensor.Of("least", [], [0f]), OnnxTensor.Of("most", [], [1f]), .. tensors]);
        model.Graph.Inputs.Add(new OnnxValue("picture", OnnxType.Float, [1, 3, "height", "width"]));
        model.Graph.Outputs.AddRange([new OnnxValue("mask", OnnxType.Float, [1, 1, "height", "width"]), new OnnxValue("cover", OnnxType.Float, [1, 1, "height", "width"])]);
        return model;
    }
}
