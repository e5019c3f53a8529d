namespace LiveFace.Redaction.Policy;

/// <summary>The problems found so far, and the questions that validators ask of single values.</summary>
internal sealed class PolicyChecks
{
    private readonly List<PolicyProblem> _problems = [];

    public IReadOnlyList<PolicyProblem> Problems => _problems;

    public void Add(string field, string message) => _problems.Add(new(field, message));

    public void Between(string field, int value, int low, int high)
    {
        if (value < low || value > high)
            Add(field, $"must be {low} to {high}, was {value}");
    }

    public void Between(string field, float value, float low, float high)
    {
        // Written so that NaN, which compares false with everything, is refused too.
        if (!(value >= low && value <= high))
            Add(field, $"must be {low} to {high}, was {value}");
    }

    public void AtMost(string field, int count, int most, string what = "entries")
    {
        if (count > most)
            Add(field, $"may have at most {most} {what}, had {count}");
    }

    public void Defined<T>(string field, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            Add(field, $"must be one of {Choices<T>()}");
    }

    public void Name(string field, string? name, string what)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > PolicyLimits.NameLength)
            Add(field, $"must be {what}, 1 to {PolicyLimits.NameLength} characters");
    }

    public void Names(string field, IReadOnlyList<string>? names)
    {
        AtMost(field, names?.Count ?? 0, PolicyLimits.Selectors);
        for (var i = 0; i < names?.Count; i++)
            Name($"{field}[{i}]", names[i], "a label");
    }

    public static string Choices<T>()
        where T : struct, Enum =>
        string.Join(", ", Enum.GetNames<T>().Select(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName));
}
