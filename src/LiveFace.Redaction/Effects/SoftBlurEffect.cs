using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects;

/// <summary>
/// A plain blur, for looks alone: backgrounds, not identities. What a blur takes away can be put back well enough to
/// tell people apart; to hide use <see cref="FillEffect"/>.
/// </summary>
public sealed class SoftBlurEffect : IRegionEffect, IPlanePainter
{
    private readonly RegionCanvas _canvas = new();
    private readonly CellGrid _grid = new();
    private readonly CellSpline _spline = new();
    private readonly float _cells;

    /// <summary>
    /// Makes the effect. It looks like a Gaussian whose deviation is 1 % of the region's shorter side at strength 0 and
    /// 10 % at 100.
    /// </summary>
    public SoftBlurEffect(int strength) =>
        _cells = MathF.Sqrt(CellSpline.Variance + CellFilter.Variance) / Strength.Between(strength, 0.01f, 0.1f);

    /// <inheritdoc/>
    public void Apply(VideoFrame frame, in EffectRegion region, HiddenBlocks hidden) =>
        _canvas.Paint(frame, region, hidden, this);

    void IPlanePainter.Begin(VideoFrame frame, in Placement place, in EffectRegion region, HiddenBlocks hidden) => _grid.Cut(place, _cells);

    void IPlanePainter.Paint(PlaneKind plane, in Placement place, PlaneView source, PlaneView target)
    {
        _grid.Average(plane, source);
        CellFilter.Binomial(_grid);
        _spline.Paint(_grid, plane, target);
    }
}
