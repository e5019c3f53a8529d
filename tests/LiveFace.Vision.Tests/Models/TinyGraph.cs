using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Tests.Models;

/// <summary>Writes small TensorFlow.js graph models, so that single operations can be converted and run.</summary>
internal sealed class TinyGraph
{
    private readonly JsonArray _nodes = [];
    private readonly JsonArray _weights = [];
    private readonly MemoryStream _bytes = new();

    public JsonArray Weights => _weights;

    public MemoryStream Bytes => _bytes;

    public static JsonNode Ints(params int[] values) =>
        new JsonObject { ["list"] = new JsonObject { ["i"] = new JsonArray([.. values.Select(value => (JsonNode)value.ToString())]) } };

    public static JsonNode Text(string value) => new JsonObject { ["s"] = Base64(value) };

    public static JsonNode Texts(params string[] values) =>
        new JsonObject { ["list"] = new JsonObject { ["s"] = new JsonArray([.. values.Select(value => (JsonNode)Base64(value))]) } };

    public static JsonNode Flag(bool value) => new JsonObject { ["b"] = value };

    public static JsonNode Number(float value) => new JsonObject { ["f"] = value };

    public TinyGraph Input(params int[] shape) => Node("Placeholder", "x", [], ("shape", new JsonObject
    {
        ["shape"] = new JsonObject { ["dim"] = new JsonArray([.. shape.Select(side => (JsonNode)new JsonObject { ["size"] = side.ToString() })]) },
    }));

    public TinyGraph Constant(string name, int[] shape, params float[] values)
    {
        _bytes.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        return Stored(name, shape, "float32");
    }

    public TinyGraph Whole(string name, int[] shape, params int[] values)
    {
        _bytes.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        return Stored(name, shape, "int32");
    }

    public TinyGraph Stored(string name, int[] shape, string type, JsonObject? quantization = null)
    {
        var entry = new JsonObject { ["name"] = name, ["shape"] = new JsonArray([.. shape.Select(side => (JsonNode)side)]), ["dtype"] = type };
        if (quantization is not null)
            entry["quantization"] = quantization;
        _weights.Add(entry);
        return Node("Const", name, []);
    }

    public TinyGraph Node(string operation, string name, string[] inputs, params (string Name, JsonNode Value)[] attributes)
    {
        var node = new JsonObject { ["name"] = name, ["op"] = operation, ["input"] = new JsonArray([.. inputs.Select(input => (JsonNode)input)]) };
        var all = new JsonObject();
        foreach (var (key, value) in attributes)
            all[key] = value;
        node["attr"] = all;
        _nodes.Add(node);
        return this;
    }

    public byte[] Json() => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["format"] = "graph-model",
        ["modelTopology"] = new JsonObject { ["node"] = _nodes.DeepClone() },
        ["weightsManifest"] = new JsonArray(new JsonObject { ["paths"] = new JsonArray("weights.bin"), ["weights"] = _weights.DeepClone() }),
    }.ToJsonString());

    public byte[] Convert() => TfjsConversion.Run(Json(), _bytes.ToArray());

    /// <summary>Converts and runs; the input is as ONNX takes it. Gives the one output.</summary>
    public float[] Run(long[] shape, params float[] input) => OnePass.Run(Convert(), shape, input).Single().Value;

    private static string Base64(string value) => System.Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
}
