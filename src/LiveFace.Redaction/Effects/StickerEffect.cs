using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Pictures;

namespace LiveFace.Redaction.Effects;

/// <summary>
/// A picture over the region. Pictures have holes, so the region is hidden first: in one colour where one is given,
/// else as <see cref="FillEffect"/> does it.
/// </summary>
internal sealed class StickerEffect : IRegionEffect, IPlanePainter
{
    private readonly RegionCanvas _canvas = new();
    private readonly PicturePainter _picture = new();
    private readonly IPlanePainter _ground;
    private readonly OverlayPicture _sticker;
    private readonly bool _stretch;

    /// <summary>Makes the effect. The picture keeps its shape and stands in the middle, as large as fits.</summary>
    public StickerEffect(OverlayPicture sticker, RgbColor? ground = null, int strength = EffectSettings.DefaultStrength)
        : this(sticker, ground, strength, stretch: false)
    {
    }

    internal StickerEffect(OverlayPicture sticker, RgbColor? ground, int strength, bool stretch)
    {
        _sticker = sticker;
        _stretch = stretch;
        _ground = ground is { } colour ? new SolidEffect(colour) : new FillEffect(strength);
    }

    /// <inheritdoc/>
    public void Apply(VideoFrame frame, in EffectRegion region, HiddenBlocks hidden) =>
        _canvas.Paint(frame, region, hidden, this);

    void IPlanePainter.Begin(VideoFrame frame, in Placement place, in EffectRegion region, HiddenBlocks hidden) =>
        _ground.Begin(frame, place, region, hidden);

    void IPlanePainter.Paint(PlaneKind plane, in Placement place, PlaneView source, PlaneView target)
    {
        _ground.Paint(plane, place, source, target);
        _picture.Paint(_sticker, plane, Box(place, plane), target);
    }

    /// <summary>Where the picture stands, in the samples of the plane's visible part.</summary>
    private PixelRect Box(in Placement place, PlaneKind plane)
    {
        var width = place.ChromaWidth;
        var height = place.ChromaHeight;
        if (!_stretch)
        {
            width = Math.Clamp((int)MathF.Round(place.ChromaHeight * _sticker.Aspect), 1, place.ChromaWidth);
            height = Math.Clamp((int)MathF.Round(place.ChromaWidth / _sticker.Aspect), 1, place.ChromaHeight);
        }

        var left = place.ChromaLeft + (place.ChromaWidth - width) / 2 - place.Visible.X;
        var top = place.ChromaTop + (place.ChromaHeight - height) / 2 - place.Visible.Y;
        return plane == PlaneKind.Y
            ? new PixelRect(left * 2, top * 2, width * 2, height * 2)
            : new PixelRect(left, top, width, height);
    }
}
