using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Pictures;

namespace LiveFace.Redaction.Effects;

/// <summary>Makes effects from their settings.</summary>
public static class RegionEffects
{
    /// <summary>Makes an effect of its own for a room; it serves one thread at a time.</summary>
    /// <exception cref="ArgumentException">The kind is none of <see cref="EffectKind"/>, or its picture is missing.</exception>
    public static IRegionEffect Create(EffectSettings settings) => settings.Kind switch
    {
        EffectKind.Fill => new FillEffect(settings.Strength),
        EffectKind.Remove => new RemoveEffect(),
        EffectKind.Mosaic => new MosaicEffect(settings.Strength),
        EffectKind.SoftBlur => new SoftBlurEffect(settings.Strength),
        EffectKind.Solid => new SolidEffect(settings.Colour ?? RgbColor.Black),
        EffectKind.Glyph => new GlyphEffect(settings.Colour, settings.Strength),
        EffectKind.Sticker => new StickerEffect(PictureOf(settings), settings.Colour, settings.Strength),
        EffectKind.Picture => new PictureEffect(PictureOf(settings), settings.Colour),
        _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Kind, "No such effect."),
    };

    private static OverlayPicture PictureOf(EffectSettings settings) => settings.Picture ??
        throw new ArgumentException($"The effect {settings.Kind} needs a picture.", nameof(settings));
}
