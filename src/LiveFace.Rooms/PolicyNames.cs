using LiveFace.Redaction.Marks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Models;

namespace LiveFace.Rooms;

/// <summary>
/// Holds the names in a policy against what the server has: a mistyped model would cover the room for good, and a mistyped
/// class would hide nothing without a word.
/// </summary>
public sealed class PolicyNames(IReadOnlyList<ModelEntry> models, Func<IEnumerable<string>> stickers)
{
    private static readonly ModelJob[] Jobs =
        [ModelJob.Faces, ModelJob.Objects, ModelJob.Outline, ModelJob.Text, ModelJob.Plates];

    /// <summary>What a model is called, in words for people.</summary>
    public string Accepted => $"a job ({string.Join(", ", JobsThatAreOn())}) or the id of a model that is on";

    /// <summary>The model that finds things under that name; null where there is none, or it is off.</summary>
    public ModelEntry? Find(string name) =>
        models.FirstOrDefault(model => model.IsOn && Jobs.Contains(model.Job) &&
            (string.Equals(model.Id, name, StringComparison.Ordinal) || string.Equals(NameOf(model.Job), name, StringComparison.Ordinal)));

    /// <summary>All names by which a policy may ask for a model here.</summary>
    public IEnumerable<string> Offered =>
        JobsThatAreOn().Concat(models.Where(model => model.IsOn && Jobs.Contains(model.Job)).Select(model => model.Id));

    /// <summary>Each name in it that this server does not know.</summary>
    public IReadOnlyList<PolicyProblem> Check(RedactionPolicy policy)
    {
        var problems = new List<PolicyProblem>();
        for (var i = 0; i < policy.Rules.Count; i++)
        {
            var when = policy.Rules[i].When;
            StickerOf($"rules[{i}].how", policy.Rules[i].How, problems);
            if (Find(when.Model) is not { } model)
            {
                problems.Add(new($"rules[{i}].when.model", $"must be {Accepted}, was \"{when.Model}\""));
                continue;
            }

            if (when.AgeUnder is not null && model.Job != ModelJob.Faces)
                problems.Add(new($"rules[{i}].when.ageUnder", $"must be left out: {model.Id} finds no faces, and nobody's age is read of anything else"));
            Labels($"rules[{i}].when.classes", when.Classes ?? [], model, problems);
            Labels($"rules[{i}].when.exceptClasses", when.ExceptClasses, model, problems);
        }

        for (var i = 0; i < policy.Zones.Count; i++)
            if (policy.Zones[i].How is { } how)
                StickerOf($"zones[{i}].how", how, problems);
        if (policy.Watermark is { Sticker: { } mark })
            StickerOf("watermark", mark, problems);
        return problems;
    }

    /// <summary>The same for the names in marks.</summary>
    public IReadOnlyList<PolicyProblem> Check(PictureMarks marks)
    {
        var problems = new List<PolicyProblem>();
        for (var i = 0; i < marks.Hide.Count; i++)
            if (marks.Hide[i].How is { } how)
                StickerOf($"marks.hide[{i}].how", how, problems);
        for (var i = 0; i < marks.Keep.Count; i++)
            if (Find(marks.Keep[i].Model) is null)
                problems.Add(new($"marks.keep[{i}].model", $"must be {Accepted}, was \"{marks.Keep[i].Model}\""));
        return problems;
    }

    private void StickerOf(string field, RuleHow how, List<PolicyProblem> problems)
    {
        if (how.Effect == RuleEffect.Sticker && how.Sticker is { } name)
            StickerOf(field, name, problems);
    }

    private void StickerOf(string field, string name, List<PolicyProblem> problems)
    {
        if (!stickers().Contains(name, StringComparer.Ordinal))
            problems.Add(new($"{field}.sticker", stickers().Any()
                ? $"must be one of {string.Join(", ", stickers())}; was \"{name}\""
                : $"must be left out: the server has no stickers; was \"{name}\""));
    }

    private IEnumerable<string> JobsThatAreOn() =>
        Jobs.Where(job => models.Any(model => model.IsOn && model.Job == job)).Select(NameOf);

    private static string NameOf(ModelJob job) => job.ToString().ToLowerInvariant();

    private static void Labels(string field, IReadOnlyList<string> classes, ModelEntry model, List<PolicyProblem> problems)
    {
        for (var i = 0; i < classes.Count; i++)
            if (!model.Labels.Contains(classes[i], StringComparer.OrdinalIgnoreCase))
                problems.Add(new($"{field}[{i}]", model.Labels.Count == 0
                    ? $"must be left out: the model {model.Id} has no classes"
                    : $"must be one of the classes of {model.Id}, such as {string.Join(", ", model.Labels.Take(5))}; was \"{classes[i]}\""));
    }
}
