using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Masks;

/// <summary>Builds the effects that policies name.</summary>
internal static class PolicyEffects
{
    public static IRegionEffect Create(RuleHow how) => RegionEffects.Create(new EffectSettings
    {
        Kind = how.Effect switch
        {
            RuleEffect.Blur => EffectKind.Obscure,
            RuleEffect.Mosaic => EffectKind.Mosaic,
            RuleEffect.Solid => EffectKind.Solid,
            _ => throw new ArgumentOutOfRangeException(nameof(how), how.Effect, "The effect does not hide."),
        },
        Strength = how.Strength,
        Colour = RgbColor.TryParse(how.Color, out var colour) ? colour : null,
    });
}
