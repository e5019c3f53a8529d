using System.Text.Json;
using System.Text.Json.Nodes;

namespace LiveFace.Vision.Models;

/// <summary>Changes the user's own catalogue file and keeps what else is in it.</summary>
public static class LocalCatalogue
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Turns models on or off.</summary>
    public static async Task SwitchAsync(string folder, IReadOnlyCollection<string> ids, bool on, CancellationToken cancel)
    {
        var path = Path.Combine(folder, ModelCatalogue.LocalFileName);
        var root = File.Exists(path)
            ? JsonNode.Parse(await File.ReadAllBytesAsync(path, cancel), documentOptions: Lenient)!.AsObject()
            : [];
        root["on"] = Changed(root["on"], ids, add: on);
        root["off"] = Changed(root["off"], ids, add: !on);
        var part = path + ".part";
        await File.WriteAllTextAsync(part, root.ToJsonString(Readable) + "\n", cancel);
        File.Move(part, path, overwrite: true);
    }

    private static JsonArray Changed(JsonNode? list, IReadOnlyCollection<string> ids, bool add)
    {
        var kept = (list?.AsArray() ?? []).Select(one => one!.GetValue<string>()).Where(id => !ids.Contains(id));
        return [.. (add ? kept.Concat(ids) : kept).Select(id => (JsonNode)id)];
    }
}
