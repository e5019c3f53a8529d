using System.Text;
using LiveFace.Redaction.Policy;
using Microsoft.Extensions.Options;

namespace LiveFace.Rooms;

/// <summary>What rooms begin with, and below which none of them goes. Both are a preset's name, or a policy as JSON.</summary>
internal sealed class PolicyOptions
{
    public const string Section = "Policy";

    /// <summary>In force where nobody has said anything else, and again when a publisher leaves.</summary>
    public string Default { get; set; } = PolicyPresets.BlurFaces.Preset!;

    /// <summary>Whatever it hides is hidden in every room, whoever asks for less; empty is no floor.</summary>
    public string Floor { get; set; } = "";

    /// <summary>Reads a preset's name or a policy as JSON.</summary>
    public static bool TryRead(string text, out RedactionPolicy? policy, out IReadOnlyList<PolicyProblem> problems)
    {
        problems = [];
        if (text.TrimStart().StartsWith('{'))
            return PolicyJson.TryRead(Encoding.UTF8.GetBytes(text), out policy, out problems);
        policy = PolicyPresets.Find(text.Trim());
        if (policy is null)
            problems = [new("policy", $"must be a policy as JSON or one of {string.Join(", ", PolicyPresets.All.Select(preset => preset.Preset))}")];
        return policy is not null;
    }
}

/// <summary>Says what is wrong with the server's own policies.</summary>
internal sealed class PolicyOptionsValidator : IValidateOptions<PolicyOptions>
{
    public ValidateOptionsResult Validate(string? name, PolicyOptions options)
    {
        var errors = new List<string>();
        var usual = Read("Default", options.Default, errors);
        var floor = options.Floor.Length == 0 ? null : Read("Floor", options.Floor, errors);
        if (floor is { HidesWhoeverComes: false })
            errors.Add($"{PolicyOptions.Section}:Floor: must hide whoever comes, or be left out.");
        if (errors.Count == 0 && PolicyValidator.Validate(PolicyFloor.Raise(usual!, floor)) is { Count: > 0 } problems)
            errors.Add($"{PolicyOptions.Section}:Floor: does not go together with the default: {problems[0].Field} {problems[0].Message}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static RedactionPolicy? Read(string setting, string text, List<string> errors)
    {
        if (PolicyOptions.TryRead(text, out var policy, out var problems))
            return policy;
        errors.AddRange(problems.Select(problem => $"{PolicyOptions.Section}:{setting}: {problem.Field} {problem.Message}."));
        return null;
    }
}
