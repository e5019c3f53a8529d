using LiveFace.Media.Frames;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>
/// How much of each visible pixel a region covers, for luma and for chroma. A chroma sample takes the most that any of
/// its four pixels is covered, so that no old colour stays under a pixel whose brightness is replaced.
/// </summary>
internal sealed unsafe class Coverage
{
    private readonly Scratch _luma = new();
    private readonly Scratch _chroma = new();

    public PlaneView Luma { get; private set; }

    public PlaneView Chroma { get; private set; }

    public PlaneView Of(PlaneKind plane) => plane == PlaneKind.Y ? Luma : Chroma;

    public void Draw(VideoFrame frame, in Placement place, in EffectRegion region)
    {
        var rect = place.VisibleIn(PlaneKind.Y, frame);
        Luma = new PlaneView(_luma.Get(rect.Width * rect.Height), rect.Width, rect.Width, rect.Height);
        var bounds = place.Bounds;
        var centreX = bounds.X + bounds.Width * 0.5f;
        var centreY = bounds.Y + bounds.Height * 0.5f;
        for (var y = 0; y < rect.Height; y++)
        {
            var row = Luma.Span(y);
            var middle = rect.Y + y + 0.5f;
            if (region.Shape == RegionShape.Ellipse)
                Superellipse.Cover(row, rect.X + 0.5f - centreX, middle - centreY,
                    bounds.Width * 0.5f * Superellipse.Growth, bounds.Height * 0.5f * Superellipse.Growth,
                    place.FeatherPixels);
            else if (region is { Shape: RegionShape.Mask or RegionShape.OutsideMask, Mask: { } mask })
                MaskSampling.Row(mask, bounds, rect.X, rect.Y + y, row, outside: region.Shape == RegionShape.OutsideMask);
            else
                CoverBox(row, rect.X, rect.Y + y, place);
        }

        ReduceToChroma(place.Visible.Width, place.Visible.Height);
    }

    /// <summary>A box with round, soft corners outside of it.</summary>
    private static void CoverBox(Span<byte> row, int left, int y, in Placement place)
    {
        // The box is first snapped to even pixels, like a hard one.
        var x0 = place.Bounds.X & ~1;
        var x1 = (place.Bounds.Right + 1) & ~1;
        var y0 = place.Bounds.Y & ~1;
        var y1 = (place.Bounds.Bottom + 1) & ~1;
        var dy = MathF.Max(0, MathF.Max(y0 - y, y - (y1 - 1)));
        var slope = 255 / (place.FeatherPixels + 1);
        for (var i = 0; i < row.Length; i++)
        {
            var x = left + i;
            var dx = MathF.Max(0, MathF.Max(x0 - x, x - (x1 - 1)));
            row[i] = (byte)Math.Clamp(255.5f - MathF.Sqrt(dx * dx + dy * dy) * slope, 0, 255);
        }
    }

    private void ReduceToChroma(int width, int height)
    {
        Chroma = new PlaneView(_chroma.Get(width * height), width, width, height);
        for (var y = 0; y < height; y++)
        {
            var upper = Luma.Row(y * 2);
            var lower = Luma.Row(Math.Min(y * 2 + 1, Luma.Height - 1));
            var target = Chroma.Row(y);
            var pairs = Luma.Width / 2;
            for (var x = 0; x < pairs; x++)
                target[x] = Math.Max(Math.Max(upper[2 * x], upper[2 * x + 1]), Math.Max(lower[2 * x], lower[2 * x + 1]));
            if (pairs < width)
                target[pairs] = Math.Max(upper[2 * pairs], lower[2 * pairs]);
        }
    }
}
