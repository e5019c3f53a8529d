using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects;

/// <summary>
/// Square cells, each in the mean of its pixels. It looks like hiding, yet at low strengths a face can be told from
/// its cells: where identity matters take <see cref="FillEffect"/> or <see cref="SolidEffect"/>.
/// </summary>
public sealed class MosaicEffect : IRegionEffect, IPlanePainter
{
    private readonly RegionCanvas _canvas = new();
    private readonly CellGrid _grid = new();
    private readonly float _cells;

    /// <summary>Makes the effect. Strength 0 cuts the shorter side into 24 cells, 100 into 3.</summary>
    public MosaicEffect(int strength) => _cells = CellsAt(strength);

    /// <summary>How many cells the shorter side of a region is cut into, whatever its size.</summary>
    public static float CellsAt(int strength) => Strength.Between(strength, 24, 3);

    /// <inheritdoc/>
    public void Apply(VideoFrame frame, in EffectRegion region, HiddenBlocks hidden) =>
        _canvas.Paint(frame, region, hidden, this);

    void IPlanePainter.Begin(VideoFrame frame, in Placement place, in EffectRegion region, HiddenBlocks hidden) => _grid.Cut(place, _cells);

    void IPlanePainter.Paint(PlaneKind plane, in Placement place, PlaneView source, PlaneView target)
    {
        _grid.Average(plane, source);
        _grid.Fill(plane, target);
    }
}
