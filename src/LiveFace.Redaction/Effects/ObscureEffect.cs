using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects;

/// <summary>
/// The default way to hide. What a face looks like is destroyed first: the region becomes a few cells whatever its
/// size, each cell's mean is rounded and moved by noise. Only then is it made smooth, for looks. A blur of the real
/// pixels would look the same and could be undone.
/// </summary>
public sealed class ObscureEffect : IRegionEffect, IPlanePainter
{
    private readonly RegionCanvas _canvas = new();
    private readonly CellGrid _grid = new();
    private readonly CellSpline _spline = new();
    private readonly float _cells;
    private readonly int _noise;
    private uint _seed;

    /// <summary>
    /// Makes the effect. Strength 0 leaves eight cells on the shorter side and 100 leaves two; between them lies what
    /// is measured in docs/hiding.md. Even 0 hides: it is the weakest hiding, not none.
    /// </summary>
    public ObscureEffect(int strength = EffectSettings.DefaultStrength)
    {
        _cells = CellsAt(strength);
        _noise = 8 + Math.Clamp(strength, 0, 100) * 24 / 100;
    }

    /// <summary>How many cells the shorter side of a region is cut into, whatever its size.</summary>
    public static float CellsAt(int strength) => Strength.Between(strength, 8, 2);

    /// <inheritdoc/>
    public void Apply(VideoFrame frame, in EffectRegion region) => _canvas.Paint(frame, region, this);

    void IPlanePainter.Begin(in Placement place, in EffectRegion region)
    {
        _grid.Cut(place, _cells);
        _seed = region.Seed;
    }

    void IPlanePainter.Paint(PlaneKind plane, in Placement place, PlaneView source, PlaneView target)
    {
        _grid.Average(plane, source);
        // Colour varies far less over a face than brightness does, so less noise hides as much of it.
        if (plane == PlaneKind.Y)
            CellNoise.Apply(_grid, plane, _seed, step: 16, reach: _noise, shift: _noise * 3 / 2);
        else
            CellNoise.Apply(_grid, plane, _seed, step: 8, reach: _noise / 3, shift: _noise / 2);
        _spline.Paint(_grid, plane, target);
    }
}
