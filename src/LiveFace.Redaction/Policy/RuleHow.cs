namespace LiveFace.Redaction.Policy;

/// <summary>What is done to a part of the picture, and how.</summary>
public sealed record RuleHow
{
    /// <summary>What is done.</summary>
    public RuleEffect Effect { get; init; } = RuleEffect.Blur;

    /// <summary>How strongly, 0 to 100, with the same meaning at each picture size.</summary>
    public int Strength { get; init; } = 80;

    /// <summary>The colour of a solid, a glyph's ground or a box, as #rrggbb.</summary>
    public string? Color { get; init; }

    /// <summary>
    /// How far the region reaches past the found box on each side, as a part of the box's size; null is
    /// <see cref="UsualPadding"/> for effects that hide and nothing for the others.
    /// </summary>
    public float? Padding { get; init; }

    /// <summary>Whether the class and the track's id are written beside a box.</summary>
    public bool Label { get; init; }

    /// <summary>Which sticker; null is the server's first.</summary>
    public string? Sticker { get; init; }

    /// <summary>The padding of hiding effects where none is given.</summary>
    public const float UsualPadding = 0.15f;

    /// <summary>The padding that counts.</summary>
    internal float EffectivePadding => Padding ?? (Effect.Hides() ? UsualPadding : 0);
}
