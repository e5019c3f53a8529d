using LiveFace.Redaction.Policy;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Rooms;

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
        if (PolicyOptions.TryRead(text, out var policy, out var problems) && (problems = LivePolicy.Check(policy!)).Count == 0)
            return policy;
        errors.AddRange(problems.Select(problem => $"{PolicyOptions.Section}:{setting}: {problem.Field} {problem.Message}."));
        return null;
    }
}
