namespace LiveFace.Redaction.Effects;

/// <summary>What an effect is built from. Immutable: a change of settings makes a new effect.</summary>
public sealed record EffectSettings
{
    /// <summary>The strength that hides identity by measurement; see docs/hiding.md.</summary>
    public const int DefaultStrength = 60;

    /// <summary>Which effect.</summary>
    public EffectKind Kind { get; init; } = EffectKind.Obscure;

    /// <summary>From 0 to 100; numbers outside are taken as the nearer end. Solid needs none.</summary>
    public int Strength { get; init; } = DefaultStrength;

    /// <summary>For <see cref="EffectKind.Solid"/>; black when not set.</summary>
    public RgbColor? Colour { get; init; }
}
