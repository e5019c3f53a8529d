using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects;

/// <summary>
/// Lays a region onto a frame and lets a painter fill it: straight into the frame when the region is opaque, else
/// beside it and then blended by the region's coverage.
/// </summary>
internal sealed class RegionCanvas
{
    private readonly Coverage _coverage = new();
    private readonly Scratch _painting = new();

    public unsafe void Paint<TPainter>(VideoFrame frame, in EffectRegion region, HiddenBlocks hidden, TPainter painter)
        where TPainter : IPlanePainter
    {
        var place = Placement.Of(frame, region);
        if (place.Visible.IsEmpty)
            return;

        if (!place.Opaque)
            _coverage.Draw(frame, place, region);
        painter.Begin(frame, place, region, hidden);
        for (var plane = PlaneKind.Y; plane <= PlaneKind.V; plane++)
        {
            var source = place.View(frame, plane);
            if (place.Opaque)
            {
                painter.Paint(plane, place, source, source);
                continue;
            }

            var painting = new PlaneView(_painting.Get(source.Width * source.Height), source.Width, source.Width, source.Height);
            painter.Paint(plane, place, source, painting);
            Blend.Over(source, painting, _coverage.Of(plane));
        }
    }
}
