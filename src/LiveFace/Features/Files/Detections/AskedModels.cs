using System.Diagnostics.CodeAnalysis;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Vision.Models;

namespace LiveFace.Features.Files.Detections;

/// <summary>
/// The models that look at a picture, by the names by which they were asked for, and the policy under these names: who asks
/// for a model by its id gets what the policy says of the job that it stands for.
/// </summary>
internal sealed record AskedModels(IReadOnlyList<string> Names, RedactionPolicy Policy)
{
    /// <summary>The most models that one request may name.</summary>
    public const int Most = 8;

    private const string Usual = "faces";

    /// <summary>Reads a list of names; without one, it is the models that the policy goes by.</summary>
    public static bool TryRead(
        string? list, RedactionPolicy policy, ModelCatalogue catalogue, [NotNullWhen(true)] out AskedModels? asked, [NotNullWhen(false)] out string? problem)
    {
        (asked, problem) = (null, null);
        string[] names = list is null
            ? [.. PolicySnapshot.Create(1, policy).Models]
            : [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
        if (names.Length == 0)
            names = [Usual];
        // What a policy goes by was checked when it was set.
        if (list is not null && ProblemOf(names, catalogue) is { } found)
        {
            problem = found;
            return false;
        }

        asked = new AskedModels(names, Under(names, policy, catalogue));
        return true;
    }

    private static string? ProblemOf(string[] names, ModelCatalogue catalogue)
    {
        if (names.Length > Most)
            return $"must be {Most} names at most, were {names.Length}";
        var known = new PolicyNames(catalogue.Models, () => []);
        return Array.Find(names, name => known.Find(name) is null) is { } unknown ? $"must be {known.Accepted}, was \"{unknown}\"" : null;
    }

    private static RedactionPolicy Under(string[] names, RedactionPolicy policy, ModelCatalogue catalogue) => policy with
    {
        Rules = [.. policy.Rules.Select(rule => names.Contains(rule.When.Model, StringComparer.Ordinal)
            ? rule
            : rule with { When = rule.When with { Model = SameModel(names, rule.When.Model, catalogue) ?? rule.When.Model } })],
    };

    private static string? SameModel(string[] names, string wanted, ModelCatalogue catalogue) => Array.Find(
        names,
        name => catalogue.ForFiles(name) is { } model
            && (model.Id == wanted || string.Equals(model.Job.ToString(), wanted, StringComparison.OrdinalIgnoreCase)));
}
