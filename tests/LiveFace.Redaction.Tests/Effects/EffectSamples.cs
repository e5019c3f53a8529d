using LiveFace.Media.Images;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Pictures;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>Each effect as tests make it.</summary>
internal static class EffectSamples
{
    public static IRegionEffect Make(EffectKind kind, int strength = 60) =>
        RegionEffects.Create(new EffectSettings
        {
            Kind = kind, Strength = strength, Colour = new RgbColor(200, 30, 60), Picture = Ring,
        });

    /// <summary>A sticker with a hole, through which nothing may be seen.</summary>
    public static readonly OverlayPicture Ring = new(DrawRing());

    public static RgbaImage DrawRing()
    {
        var pixels = new byte[40 * 30 * 4];
        for (var y = 0; y < 30; y++)
            for (var x = 0; x < 40; x++)
                if (x is < 8 or >= 32 || y is < 8 or >= 22)
                    new byte[] { 20, 160, 220, 255 }.CopyTo(pixels, (y * 40 + x) * 4);
        return new RgbaImage(40, 30, pixels);
    }
}
