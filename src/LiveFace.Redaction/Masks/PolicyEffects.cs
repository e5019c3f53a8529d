using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Marking;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Masks;

/// <summary>Builds the effects that policies name.</summary>
internal static class PolicyEffects
{
    /// <summary>An effect that hides. Without its picture a sticker is the drawn face.</summary>
    public static IRegionEffect Create(RuleHow how, OverlayPicture? sticker) => RegionEffects.Create(new EffectSettings
    {
        Kind = how.Effect switch
        {
            RuleEffect.Blur => EffectKind.Fill,
            RuleEffect.Remove => EffectKind.Remove,
            RuleEffect.Mosaic => EffectKind.Mosaic,
            RuleEffect.Solid => EffectKind.Solid,
            RuleEffect.Glyph => EffectKind.Glyph,
            RuleEffect.Sticker => sticker is null ? EffectKind.Glyph : EffectKind.Sticker,
            _ => throw new ArgumentOutOfRangeException(nameof(how), how.Effect, "The effect does not hide."),
        },
        Strength = how.Strength,
        Colour = ColourOf(how),
        Picture = sticker,
    });

    /// <summary>A background is blurred softly: it is the room that is hidden, not a face.</summary>
    public static IRegionEffect CreateBackground(RuleHow how) => how.Effect == RuleEffect.Blur
        ? RegionEffects.Create(new EffectSettings { Kind = EffectKind.SoftBlur, Strength = how.Strength })
        : Create(how, sticker: null);

    /// <summary>A watermark; null where it is a sticker that is not there.</summary>
    public static Watermark? Create(PolicyWatermark mark, OverlayPicture? sticker) => mark.Sticker is not null && sticker is null
        ? null
        : new Watermark(new WatermarkSettings
        {
            Text = mark.Text,
            Picture = sticker,
            Colour = RgbColor.TryParse(mark.Color, out var colour) ? colour : RgbColor.White,
            Opacity = mark.Opacity,
            Place = mark.Place,
            Size = mark.Size ?? (sticker is null ? null : PolicyWatermark.UsualSize),
            Angle = mark.Angle,
            Spacing = mark.Spacing,
            Blend = mark.Blend,
        });

    public static RgbColor? ColourOf(RuleHow how) => RgbColor.TryParse(how.Color, out var colour) ? colour : null;
}
