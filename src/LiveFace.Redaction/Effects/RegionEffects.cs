namespace LiveFace.Redaction.Effects;

/// <summary>Makes effects from their settings.</summary>
public static class RegionEffects
{
    /// <summary>Makes an effect of its own for a room; it serves one thread at a time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is not one of <see cref="EffectKind"/>.</exception>
    public static IRegionEffect Create(EffectSettings settings) => settings.Kind switch
    {
        EffectKind.Obscure => new ObscureEffect(settings.Strength),
        EffectKind.Mosaic => new MosaicEffect(settings.Strength),
        EffectKind.Solid => new SolidEffect(settings.Colour ?? RgbColor.Black),
        _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Kind, "No such effect."),
    };
}
