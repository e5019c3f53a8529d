using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Masks;

/// <summary>
/// Which finds of a picture that stands alone its policy hides: asked of the very lines that paint, so that what is told of
/// a picture is what becomes of it. Zones and a background hide places, whatever is found there, and are not asked.
/// </summary>
public sealed class HiddenFinds : IDisposable
{
    private readonly PaintPlan _plan;

    /// <summary>For the models that have looked, under the names that the policy has for them.</summary>
    public HiddenFinds(PolicySnapshot policy, VisionState vision)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(vision);
        _plan = new PaintPlan(policy, vision, stickers: null);
    }

    /// <summary>Whether a find of the source of that index is hidden. Nothing has a track where a picture stands alone.</summary>
    public bool Hides(int source, in DetectedObject item)
    {
        if (_plan.Policy.Policy.Cover)
            return true;
        foreach (var line in _plan.Lines)
            if (line.Hides && !line.IsBackground && !line.IsForTracksOnly && line.Wants(source, item.Class, item.Score))
                return true;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _plan.Dispose();
}
