using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Removal;

namespace LiveFace.Redaction.Effects;

/// <summary>
/// Takes what is there away: its place is filled with pieces of what is round it, so that the background goes on. Nothing of the
/// region is read. Where nearly everything round it is hidden too it is a <see cref="FillEffect"/>. It takes a hundred times as
/// long as that, so it is for pictures and films.
/// </summary>
public sealed class RemoveEffect : IRegionEffect, IPlanePainter
{
    private readonly RegionCanvas _canvas = new();
    private readonly ExemplarFill _fill = new();
    private readonly PatchCopy _copy = new();
    private readonly IPlanePainter _ground = new FillEffect();
    private FillWindow _window;
    private PixelRect _visible;
    private bool _isSolved;

    /// <inheritdoc/>
    public void Apply(VideoFrame frame, in EffectRegion region, HiddenBlocks hidden) =>
        _canvas.Paint(frame, region, hidden, this);

    void IPlanePainter.Begin(VideoFrame frame, in Placement place, in EffectRegion region, HiddenBlocks hidden)
    {
        // Whether or not whoever calls has added it: a region is never filled with what it hides.
        hidden.Add(frame, region);
        _window = FillWindow.Of(frame, place);
        _visible = place.Visible;
        _isSolved = _fill.Solve(frame, _window, hidden, region.Seed);
        if (!_isSolved)
            _ground.Begin(frame, place, region, hidden);
    }

    void IPlanePainter.Paint(PlaneKind plane, in Placement place, PlaneView source, PlaneView target)
    {
        if (!_isSolved)
        {
            _ground.Paint(plane, place, source, target);
            return;
        }

        var scale = plane == PlaneKind.Y ? 2 : 1;
        _copy.Paint(_fill, _window, plane, new PixelRect(_visible.X * scale, _visible.Y * scale, source.Width, source.Height), source, target);
    }
}
