using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Masks;

/// <summary>
/// Which finds of a picture that stands alone its policy hides: asked of the very lines that paint, so that what is told of
/// a picture is what becomes of it. Zones and a background hide places, whatever is found there, and are not asked.
/// </summary>
public sealed class HiddenFinds : IDisposable
{
    private readonly PaintPlan _plan;
    private readonly FrameTracks? _tracks;
    private readonly LeftAlone _leftAlone = new();

    /// <summary>
    /// For the models that have looked, under the names that the policy has for them. <paramref name="tracks"/> say what was read of
    /// the picture's faces.
    /// </summary>
    public HiddenFinds(PolicySnapshot policy, VisionState vision, FrameTracks? tracks = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(vision);
        _plan = new PaintPlan(policy, vision, stickers: null);
        _tracks = tracks;
        if (tracks is not null)
            _leftAlone.Find(_plan, tracks, later: default);
    }

    /// <summary>Whether a find of the source of that index, one of those, is hidden.</summary>
    public bool Hides(int source, DetectionList found, in DetectedObject item)
    {
        if (_plan.Policy.Policy.Cover)
            return true;
        foreach (var line in _plan.Lines)
            if (line.Hides && !line.IsBackground && !line.IsForTracksOnly && line.Wants(source, item.Class, item.Score) &&
                !(_tracks is not null && line.HasExceptions && _leftAlone.Has(line, found, item, _tracks)))
                return true;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _plan.Dispose();
}
