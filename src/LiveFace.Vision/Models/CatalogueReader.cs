using System.Text.Json;
using System.Text.RegularExpressions;

namespace LiveFace.Vision.Models;

/// <summary>
/// Reads one catalogue file after the other: a later one may turn the models of an earlier one on and off,
/// add models and replace them by their id.
/// </summary>
internal sealed partial class CatalogueReader
{
    // What most small face detectors find of faces in sight.
    private const int UsualSmallestFace = 16;

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    private readonly Dictionary<string, IReadOnlyList<string>> _labels = new(StringComparer.Ordinal);

    public List<ModelEntry> Models { get; } = [];

    public void Read(string file, ReadOnlyMemory<byte> json)
    {
        var name = Path.GetFileName(file);
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            Read(name, document.RootElement);
        }
        catch (JsonException broken)
        {
            throw new ModelException($"{name} is not valid JSON at line {broken.LineNumber + 1}: {broken.Message}", broken);
        }
    }

    private void Read(string name, JsonElement element)
    {
        var root = CatalogueNode.Of(element, name);
        if (root.TryGet("labels", out var labels))
            ReadLabels(name, labels);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (root.TryGet("models", out var models))
        {
            if (models.ValueKind != JsonValueKind.Array)
                throw root.Error("models", "has to be a list");
            var index = 0;
            foreach (var one in models.EnumerateArray())
                Put(ReadModel(name, one, index++), seen, name);
        }
        foreach (var model in Models)
            CheckBeside(model);
        Switch(root, "on", true);
        Switch(root, "off", false);
        root.Finish();
    }

    private void ReadLabels(string name, JsonElement labels)
    {
        if (labels.ValueKind != JsonValueKind.Object)
            throw new ModelException($"{name}: 'labels' has to be an object of lists.");
        foreach (var list in labels.EnumerateObject())
            _labels[list.Name] = Texts(list.Value) ?? throw new ModelException($"{name}: 'labels': '{list.Name}' has to be a list of texts.");
    }

    private void Put(ModelEntry model, HashSet<string> seen, string name)
    {
        if (!seen.Add(model.Id))
            throw new ModelException($"{name}: model '{model.Id}': 'id' is there twice.");
        var known = Models.FindIndex(one => one.Id == model.Id);
        if (known < 0)
            Models.Add(model);
        else
            Models[known] = model;
    }

    private void CheckBeside(ModelEntry model)
    {
        foreach (var id in model.Beside)
            if (id == model.Id || Models.Find(one => one.Id == id) is not { } other || other.Job != model.Job || !other.Labels.SequenceEqual(model.Labels))
                throw new ModelException($"Model '{model.Id}': 'beside' names '{id}', which is not another model that does the same job and has the same labels.");
    }

    private void Switch(CatalogueNode root, string field, bool on)
    {
        if (!root.TryGet(field, out var value))
            return;
        foreach (var id in Texts(value) ?? throw root.Error(field, "has to be a list of model ids"))
        {
            var index = Models.FindIndex(one => one.Id == id);
            if (index < 0)
                throw root.Error(field, $"names the model '{id}', which is not in the catalogue");
            Models[index] = Models[index] with { IsOn = on };
        }
    }

    private ModelEntry ReadModel(string name, JsonElement element, int index)
    {
        var unnamed = CatalogueNode.Of(element, $"{name}: model {index + 1}");
        var id = unnamed.Text("id");
        if (!IdPattern.IsMatch(id))
            throw unnamed.Error("id", $"is '{id}'; it has to be lower-case letters, digits and hyphens, 40 at most");

        var node = CatalogueNode.Of(element, $"{name}: model '{id}'");
        node.Text("id");
        var conversion = node.Choice<ModelConversion>("convert", ModelConversion.None);
        var job = node.Choice<ModelJob>("job");
        var model = new ModelEntry
        {
            Id = id,
            Title = node.OptionalText("title") ?? id,
            Job = job,
            Source = SourceReader.Read(node.Object("source"), conversion),
            Conversion = conversion,
            Licence = ReadLicence(node.Object("licence")),
            Decoder = node.Choice<ModelDecoder>("decoder"),
            Input = InputReader.Read(node.Object("input")),
            Labels = ReadModelLabels(node),
            Thresholds = ReadThresholds(node),
            SmallestFace = job == ModelJob.Faces ? (int)node.Number("smallestFace", 1, 256, UsualSmallestFace) : 0,
            IsForFiles = node.Flag("files", false),
            Beside = node.TryGet("beside", out var beside) ? Texts(beside) ?? throw node.Error("beside", "has to be a list of model ids") : [],
            IsOn = node.Flag("on", false),
            IsFirst = node.Flag("first", false),
        };
        if (model.IsFirst && !model.IsOn)
            throw node.Error("first", "needs 'on' to be true");
        if (model.Job != ModelJob.Faces && node.Has("smallestFace"))
            throw node.Error("smallestFace", "is for models that find faces alone");
        node.Finish();
        return model;
    }

    private static ModelLicence ReadLicence(CatalogueNode node)
    {
        var licence = new ModelLicence(
            node.Text("package"), node.Text("weights"), node.Choice<LicenceKind>("kind"), node.OptionalText("note") ?? "");
        if (licence.Kind != LicenceKind.Permissive && licence.Note.Length == 0)
            throw node.Error("note", "is missing; a licence that is not permissive has to say what it asks");
        node.Finish();
        return licence;
    }

    private IReadOnlyList<string> ReadModelLabels(CatalogueNode node)
    {
        if (!node.TryGet("labels", out var value))
            return [];
        if (value.ValueKind == JsonValueKind.String)
            return _labels.TryGetValue(value.GetString()!, out var named)
                ? named
                : throw node.Error("labels", $"names the list '{value.GetString()}', which is not under the catalogue's 'labels'");
        return Texts(value) ?? throw node.Error("labels", "has to be a list of texts or the name of one");
    }

    private static ModelThresholds ReadThresholds(CatalogueNode node)
    {
        if (!node.Has("thresholds"))
            return new ModelThresholds(0.5f, 0.45f);
        var thresholds = node.Object("thresholds");
        var read = new ModelThresholds(thresholds.Number("score", 0, 1, 0.5f), thresholds.Number("overlap", 0, 1, 0.45f))
        {
            Weak = thresholds.Has("weak") ? thresholds.Number("weak", 0, 1, 0) : null,
            Live = ReadPair(thresholds, "live", 2), Offline = ReadPair(thresholds, "offline", 2), Heights = ReadPair(thresholds, "heights", 10_000),
        };
        thresholds.Finish();
        return read;
    }

    private static (float, float)? ReadPair(CatalogueNode node, string field, float most)
    {
        if (!node.Has(field))
            return null;
        var pair = node.Numbers(field);
        return pair.Count == 2 && pair[0] >= 0 && pair[1] >= pair[0] && pair[1] <= most
            ? (pair[0], pair[1])
            : throw node.Error(field, $"has to be two numbers from 0 to {most}, the smaller one first");
    }

    private static List<string>? Texts(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return null;
        var texts = new List<string>();
        foreach (var one in value.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.String)
                return null;
            texts.Add(one.GetString()!);
        }
        return texts;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IdPattern { get; }
}
