using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Pictures;

namespace LiveFace.Redaction.Effects;

/// <summary>A drawn, smiling face over the region, which is hidden under it.</summary>
internal sealed class GlyphEffect : IRegionEffect
{
    private static readonly RgbColor Yellow = new(255, 205, 60);

    private readonly StickerEffect _face;

    /// <summary>Makes the effect with a face in the given colour.</summary>
    public GlyphEffect(RgbColor? colour = null, int strength = EffectSettings.DefaultStrength) =>
        _face = new StickerEffect(new OverlayPicture(GlyphFace.Draw(colour ?? Yellow)), null, strength, stretch: true);

    /// <inheritdoc/>
    public void Apply(VideoFrame frame, in EffectRegion region, HiddenBlocks hidden) => _face.Apply(frame, region, hidden);
}
