using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.Marks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Masks;

/// <summary>What a person drew on one picture, made ready to paint with: a line for each way of hiding, a region for each shape.</summary>
internal sealed class MarkLines
{
    private readonly List<(PaintLine Line, HideMark Mark)> _marks = [];

    public MarkLines(PictureMarks marks, RedactionPolicy policy, Func<string?, OverlayPicture?>? stickers)
    {
        Kept = new KeptFinds(marks.Keep);
        var usual = (policy.Rules.FirstOrDefault(rule => rule.How.Effect.Hides())?.How ?? new RuleHow()) with { Padding = 0 };
        var lines = new Dictionary<RuleHow, PaintLine>();
        foreach (var mark in marks.Hide)
        {
            var how = mark.How ?? usual;
            if (!lines.TryGetValue(how, out var line))
                lines[how] = line = new PaintLine(how, stickers);
            _marks.Add((line, mark));
        }
    }

    /// <summary>The finds that are shown.</summary>
    public KeptFinds Kept { get; }

    /// <summary>Adds the regions in a picture of this size.</summary>
    public void AddTo(MaskRegions regions, int width, int height, uint seed)
    {
        foreach (var (line, mark) in _marks)
            regions.Add(new(line, RegionOf(mark, line.How.Padding ?? 0, width, height, seed)));
    }

    private static EffectRegion RegionOf(HideMark mark, float padding, int width, int height, uint seed)
    {
        if (mark.Box is { } box)
        {
            var drawn = new BoxF(box.X * width, box.Y * height, (box.X + box.Width) * width, (box.Y + box.Height) * height).Grow(padding);
            // The region's oval runs through the corners of its box, the drawn one fills what was drawn.
            return mark.Shape == HideShape.Ellipse
                ? RegionGeometry.Of(drawn.Grow(0.5f * (1 / Superellipse.Growth - 1)), RuleWhere.Ellipse, 0, seed)
                : RegionGeometry.Of(drawn, RuleWhere.Box, 0, seed);
        }

        var bounds = StrokeMask.Draw(mark, width, height, out var mask);
        return new EffectRegion(bounds, RegionShape.Mask, 0, mask, seed);
    }
}
