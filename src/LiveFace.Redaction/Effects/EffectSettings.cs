using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Pictures;

namespace LiveFace.Redaction.Effects;

/// <summary>What an effect is built from. Immutable: a change of settings makes a new effect.</summary>
public sealed record EffectSettings
{
    /// <summary>The strength that hides identity by measurement; see docs/reference/hiding.md.</summary>
    public const int DefaultStrength = 80;

    /// <summary>Which effect.</summary>
    public EffectKind Kind { get; init; } = EffectKind.Fill;

    /// <summary>
    /// From 0 to 100; numbers outside are taken as the nearer end. A fill hides the same at each strength and is the
    /// calmer, the higher it is; a mosaic hides less at lower ones; solid and picture need none.
    /// </summary>
    public int Strength { get; init; } = DefaultStrength;

    /// <summary>
    /// The colour of a solid (black when not set), of a glyph's face, and of the ground under a sticker or picture.
    /// </summary>
    public RgbColor? Colour { get; init; }

    /// <summary>The picture for <see cref="EffectKind.Sticker"/> and <see cref="EffectKind.Picture"/>.</summary>
    public OverlayPicture? Picture { get; init; }
}
