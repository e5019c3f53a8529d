using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Masks;

/// <summary>
/// A policy made ready to paint with. It is made anew when the policy changes or a model becomes known, and not per
/// frame.
/// </summary>
internal sealed class PaintPlan
{
    private readonly PaintLine[] _lines;
    private readonly int _sources;

    public PaintPlan(PolicySnapshot policy, VisionState vision)
    {
        Policy = policy;
        _sources = vision.Sources.Count;
        var lines = new List<PaintLine>();
        if (!policy.Policy.Cover)
        {
            if (policy.Policy.Background is { } background && vision.Find(RedactionPolicy.OutlineModel) is { } outline)
                lines.Add(new PaintLine(background, outline.Source));

            // A rule whose model is not known yet has no line: while it is needed, the fail-closed rules cover.
            foreach (var rule in policy.Policy.Rules)
                if (vision.Find(rule.When.Model) is { } findings)
                    lines.Add(new PaintLine(rule, findings.Source));
            foreach (var zone in policy.Policy.Zones)
                lines.Add(new PaintLine(zone));
        }

        _lines = [.. lines];
    }

    public PolicySnapshot Policy { get; }

    public ReadOnlySpan<PaintLine> Lines => _lines;

    public bool Fits(PolicySnapshot policy, VisionState vision) =>
        ReferenceEquals(Policy, policy) && _sources == vision.Sources.Count;
}
