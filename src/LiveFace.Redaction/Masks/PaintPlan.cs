using LiveFace.Redaction.Effects.Marking;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Masks;

/// <summary>
/// A policy made ready to paint with. It is made anew when the policy or one of its stickers changes or a model becomes
/// known, and not per frame.
/// </summary>
internal sealed class PaintPlan : IDisposable
{
    private readonly PaintLine[] _lines;
    private readonly int _sources;
    private readonly Func<string?, OverlayPicture?>? _stickers;
    private readonly OverlayPicture? _sticker;

    public PaintPlan(PolicySnapshot policy, VisionState vision, Func<string?, OverlayPicture?>? stickers)
    {
        Policy = policy;
        _sources = vision.Sources.Count;
        var lines = new List<PaintLine>();
        if (policy.Policy.Background is { } background && vision.Find(RedactionPolicy.OutlineModel) is { } outline)
            lines.Add(new PaintLine(background, outline.Source));

        // A rule whose model is not known yet has no line: while it is needed, the fail-closed rules cover.
        foreach (var rule in policy.Policy.Rules)
            if (vision.Find(rule.When.Model) is { } findings)
                lines.Add(new PaintLine(rule, findings.Source, stickers));
        foreach (var zone in policy.Policy.Zones)
            lines.Add(new PaintLine(zone, stickers));
        _lines = [.. lines];
        if (lines.Exists(line => !line.Hides))
            Marks = BoxMarks.TryOpen();
        if (policy.Policy.Watermark is not { } watermark)
            return;
        _stickers = watermark.Sticker is null ? null : stickers;
        _sticker = _stickers?.Invoke(watermark.Sticker);
        Watermark = PolicyEffects.Create(watermark, _sticker);
    }

    public PolicySnapshot Policy { get; }

    /// <summary>What draws boxes, when a line asks for them and they can be drawn.</summary>
    public BoxMarks? Marks { get; }

    /// <summary>Null without one, and where its sticker is not there.</summary>
    public Watermark? Watermark { get; }

    public ReadOnlySpan<PaintLine> Lines => _lines;

    public bool Fits(PolicySnapshot policy, VisionState vision) =>
        ReferenceEquals(Policy, policy) && _sources == vision.Sources.Count && HasItsStickers();

    public void Dispose()
    {
        Marks?.Dispose();
        Watermark?.Dispose();
    }

    private bool HasItsStickers()
    {
        foreach (var line in _lines)
            if (!line.HasItsSticker)
                return false;
        return _stickers is null || ReferenceEquals(_stickers(Policy.Policy.Watermark!.Sticker), _sticker);
    }
}
