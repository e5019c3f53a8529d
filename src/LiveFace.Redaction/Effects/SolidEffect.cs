using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects;

/// <summary>Fills the region with one colour: nothing of what was there is left.</summary>
public sealed class SolidEffect : IRegionEffect, IPlanePainter
{
    private readonly RegionCanvas _canvas = new();
    private readonly YuvColor _colour;

    /// <summary>Makes the effect for one colour.</summary>
    public SolidEffect(RgbColor colour) => _colour = YuvColor.From(colour);

    /// <inheritdoc/>
    public void Apply(VideoFrame frame, in EffectRegion region, HiddenBlocks hidden) =>
        _canvas.Paint(frame, region, hidden, this);

    void IPlanePainter.Begin(VideoFrame frame, in Placement place, in EffectRegion region, HiddenBlocks hidden)
    {
    }

    void IPlanePainter.Paint(PlaneKind plane, in Placement place, PlaneView source, PlaneView target)
    {
        var value = _colour.Of(plane);
        for (var y = 0; y < target.Height; y++)
            target.Span(y).Fill(value);
    }
}
