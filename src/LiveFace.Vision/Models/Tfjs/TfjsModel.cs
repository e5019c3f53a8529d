using System.Text.Json;

namespace LiveFace.Vision.Models.Tfjs;

/// <summary>A TensorFlow.js graph model: its nodes in an order in which each finds its inputs made, its weights and its outputs.</summary>
internal sealed record TfjsModel(
    IReadOnlyList<TfjsNode> Nodes, IReadOnlyDictionary<string, TfjsConstant> Weights, IReadOnlyList<(string Name, string Value)> Outputs)
{
    public static TfjsModel Read(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> weights)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (!root.TryGetProperty("modelTopology", out var topology) || !topology.TryGetProperty("node", out var list)
            || !root.TryGetProperty("weightsManifest", out var manifest))
            throw new InvalidDataException("the file is not a TensorFlow.js graph model.");
        var nodes = Ordered([.. list.EnumerateArray().Select(ReadNode)]);
        return new TfjsModel(nodes, TfjsWeights.Read(manifest, weights), ReadOutputs(root, nodes));
    }

    private static TfjsNode ReadNode(JsonElement element)
    {
        var inputs = element.TryGetProperty("input", out var list)
            ? list.EnumerateArray().Select(one => one.GetString()!).Where(one => !one.StartsWith('^')).Select(Normal).ToList()
            : [];
        var attributes = element.TryGetProperty("attr", out var found) ? found.Clone() : default;
        return new TfjsNode(element.GetProperty("name").GetString()!, element.GetProperty("op").GetString()!, inputs, attributes);
    }

    /// <summary>The first output of a node goes by the node's name alone.</summary>
    private static string Normal(string value) => value.EndsWith(":0", StringComparison.Ordinal) ? value[..^2] : value;

    private static string NodeOf(string value) => value.LastIndexOf(':') is var colon and > 0 ? value[..colon] : value;

    /// <summary>The signature names the outputs; without one they are the nodes that nothing reads.</summary>
    private static List<(string Name, string Value)> ReadOutputs(JsonElement root, List<TfjsNode> nodes)
    {
        var outputs = new List<(string Name, string Value)>();
        if (root.TryGetProperty("signature", out var signature) && signature.ValueKind == JsonValueKind.Object
            && signature.TryGetProperty("outputs", out var named))
            foreach (var output in named.EnumerateObject())
                outputs.Add((Normal(output.Name), Normal(output.Value.GetProperty("name").GetString()!)));
        if (outputs.Count == 0)
        {
            var read = nodes.SelectMany(node => node.Inputs).Select(NodeOf).ToHashSet(StringComparer.Ordinal);
            outputs.AddRange(nodes.Where(node => !read.Contains(node.Name)).Select(node => (node.Name, node.Name)));
        }
        outputs.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        return outputs;
    }

    private static List<TfjsNode> Ordered(List<TfjsNode> nodes)
    {
        var byName = nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        var waits = nodes.ToDictionary(node => node.Name, node => node.Inputs.Count, StringComparer.Ordinal);
        var readers = nodes.SelectMany(node => node.Inputs.Select(input => (Input: NodeOf(input), Reader: node)))
            .ToLookup(pair => pair.Input, pair => pair.Reader, StringComparer.Ordinal);
        if (readers.FirstOrDefault(group => !byName.ContainsKey(group.Key)) is { } missing)
            throw new InvalidDataException($"'{missing.First().Name}' reads '{missing.Key}', which no node makes.");

        var ordered = new List<TfjsNode>(nodes.Count);
        var open = new Queue<TfjsNode>(nodes.Where(node => node.Inputs.Count == 0));
        while (open.TryDequeue(out var node))
        {
            ordered.Add(node);
            foreach (var reader in readers[node.Name])
                if (--waits[reader.Name] == 0)
                    open.Enqueue(reader);
        }
        return ordered.Count == nodes.Count ? ordered : throw new InvalidDataException("the graph goes in a circle.");
    }
}
