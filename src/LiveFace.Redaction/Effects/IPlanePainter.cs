using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects;

/// <summary>The part of an effect that knows pixels: it paints a region's visible part, plane by plane.</summary>
internal interface IPlanePainter
{
    /// <summary>Comes before the planes.</summary>
    void Begin(VideoFrame frame, in Placement place, in EffectRegion region, HiddenBlocks hidden);

    /// <summary>
    /// Writes every sample of <paramref name="target"/>. It is either the source itself or memory of the same size
    /// that is blended over the source afterwards.
    /// </summary>
    void Paint(PlaneKind plane, in Placement place, PlaneView source, PlaneView target);
}
