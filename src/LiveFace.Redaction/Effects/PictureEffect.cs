using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Pictures;

namespace LiveFace.Redaction.Effects;

/// <summary>
/// Replaces the region by a picture that fills it, cut off where its shape differs: a background of one's own, with
/// <see cref="RegionShape.OutsideMask"/>. Where the picture is transparent its ground shows, never what was there.
/// </summary>
internal sealed class PictureEffect : IRegionEffect, IPlanePainter
{
    /// <summary>Far beyond any picture, and doubling it cannot overflow.</summary>
    private const int Largest = 1 << 24;

    private readonly RegionCanvas _canvas = new();
    private readonly PicturePainter _painter = new();
    private readonly OverlayPicture _picture;
    private readonly IPlanePainter _ground;

    /// <summary>Makes the effect.</summary>
    public PictureEffect(OverlayPicture picture, RgbColor? ground = null)
    {
        _picture = picture;
        _ground = new SolidEffect(ground ?? RgbColor.Black);
    }

    /// <inheritdoc/>
    public void Apply(VideoFrame frame, in EffectRegion region, HiddenBlocks hidden) =>
        _canvas.Paint(frame, region, hidden, this);

    void IPlanePainter.Begin(VideoFrame frame, in Placement place, in EffectRegion region, HiddenBlocks hidden)
    {
    }

    void IPlanePainter.Paint(PlaneKind plane, in Placement place, PlaneView source, PlaneView target)
    {
        _ground.Paint(plane, place, source, target);
        // The smallest size of the picture's own shape that leaves nothing of the region bare.
        var width = Math.Max(place.ChromaWidth, (int)MathF.Min(MathF.Ceiling(place.ChromaHeight * _picture.Aspect), Largest));
        var height = Math.Max(place.ChromaHeight, (int)MathF.Min(MathF.Ceiling(place.ChromaWidth / _picture.Aspect), Largest));
        var left = place.ChromaLeft - (width - place.ChromaWidth) / 2 - place.Visible.X;
        var top = place.ChromaTop - (height - place.ChromaHeight) / 2 - place.Visible.Y;
        var scale = plane == PlaneKind.Y ? 2 : 1;
        _painter.Paint(_picture, plane, new PixelRect(left * scale, top * scale, width * scale, height * scale), target);
    }
}
