namespace LiveFace.Client.Messages;

/// <summary>What is done.</summary>
public sealed record RuleHow(string Effect)
{
    /// <summary>0 to 100.</summary>
    public int? Strength { get; init; }

    /// <summary>#rrggbb.</summary>
    public string? Color { get; init; }

    /// <summary>Part of the thing's size that is added on each side.</summary>
    public float? Padding { get; init; }

    /// <summary>Class and track beside a box.</summary>
    public bool? Label { get; init; }

    /// <summary>Which sticker.</summary>
    public string? Sticker { get; init; }
}
