using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Films.Rendering;

/// <summary>
/// What is hidden of one picture, as boxes, to tell whether a find lies in it. They are no larger than what is painted: a find
/// that only just reaches out counts as not hidden.
/// </summary>
internal sealed class HiddenAreas(RedactionPolicy policy, IReadOnlyList<string> models)
{
    /// <summary>A find is hidden when this part of it is.</summary>
    private const float LeastPart = 0.6f;

    private const int PointsASide = 8;

    private readonly List<BoxF> _boxes = [];

    /// <summary>Takes the tracks that a picture was redacted with.</summary>
    public void Set(IReadOnlyList<Track> tracks, int width, int height)
    {
        _boxes.Clear();
        foreach (var track in tracks)
            foreach (var rule in policy.Rules)
                if (rule.How.Effect.Hides() && string.Equals(rule.When.Model, models[track.Source], StringComparison.Ordinal))
                    _boxes.Add(Padded(track, rule.How.Padding ?? RuleHow.UsualPadding));
        foreach (var zone in policy.Zones)
            if (zone is { Shape: ZoneShape.Rectangle, Box: { } box })
                _boxes.Add(new BoxF(box.X * width, box.Y * height, (box.X + box.Width) * width, (box.Y + box.Height) * height));
    }

    /// <summary>Whether most of a box is hidden.</summary>
    public bool Hides(BoxF box)
    {
        var inside = 0;
        for (var y = 0; y < PointsASide; y++)
            for (var x = 0; x < PointsASide; x++)
                inside += IsInside(box.Left + (x + 0.5f) * box.Width / PointsASide, box.Top + (y + 0.5f) * box.Height / PointsASide) ? 1 : 0;
        return inside >= LeastPart * PointsASide * PointsASide;
    }

    private static BoxF Padded(in Track track, float padding)
    {
        var (across, down) = (padding * track.Box.Width, padding * track.Box.Height);
        return new BoxF(track.Cover.Left - across, track.Cover.Top - down, track.Cover.Right + across, track.Cover.Bottom + down);
    }

    private bool IsInside(float x, float y)
    {
        foreach (var box in _boxes)
            if (x >= box.Left && x < box.Right && y >= box.Top && y < box.Bottom)
                return true;
        return false;
    }
}
