using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects;

/// <summary>
/// The default way to hide, shown to people as 'blur'. Nothing of the region is read: its place is filled smoothly with
/// the colours round it, and a fine grain lies on top. What comes out is a function of pixels that the same picture
/// shows bare, so neither one picture nor a thousand of them give back anything of what is hidden.
/// </summary>
public sealed class FillEffect : IRegionEffect, IPlanePainter
{
    private readonly RegionCanvas _canvas = new();
    private readonly CellGrid _grid = new();
    private readonly CellSpline _spline = new();
    private readonly RingFill _fill = new();
    private readonly float _cells;
    private readonly float _calm;
    private Grain _grain;

    /// <summary>
    /// Makes the effect. It hides the same at each strength; the number says how calm the fill is. At 0 it follows what
    /// is round the region closely, at 100 only its broadest colours are left.
    /// </summary>
    public FillEffect(int strength = EffectSettings.DefaultStrength)
    {
        _cells = Strength.Between(strength, 8, 3.5f);
        _calm = Strength.Between(strength, 0.01f, 0.12f);
    }

    /// <inheritdoc/>
    public void Apply(VideoFrame frame, in EffectRegion region, HiddenBlocks hidden) =>
        _canvas.Paint(frame, region, hidden, this);

    void IPlanePainter.Begin(VideoFrame frame, in Placement place, in EffectRegion region, HiddenBlocks hidden)
    {
        // Whether or not whoever calls has added it: a region is never filled with what it hides.
        hidden.Add(frame, region);
        var margin = RingFill.MarginOf(place);
        _grid.CutAround(place, _cells, margin);
        _fill.Read(frame, place, region.Mask is not null, margin, hidden, _grid);
        _fill.Solve(_grid, _calm, _fill.Elsewhere(frame, hidden, _grid));
        _grain = new Grain(region.Seed, place);
    }

    void IPlanePainter.Paint(PlaneKind plane, in Placement place, PlaneView source, PlaneView target)
    {
        _fill.Write(_grid, plane);
        _spline.Paint(_grid, plane, target, plane == PlaneKind.Y ? _grain : Grain.None);
    }
}
