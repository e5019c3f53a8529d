using System.Runtime.Intrinsics;
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
    private readonly MaskSampling _sampling = new();

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
        var mask = region.Shape is RegionShape.Mask or RegionShape.OutsideMask ? region.Mask : null;
        if (mask is not null)
            _sampling.Begin(mask, bounds, rect.X, rect.Width, outside: region.Shape == RegionShape.OutsideMask);
        for (var y = 0; y < rect.Height; y++)
        {
            var row = Luma.Span(y);
            var middle = rect.Y + y + 0.5f;
            if (region.Shape == RegionShape.Ellipse)
                Superellipse.Cover(row, rect.X + 0.5f - centreX, middle - centreY,
                    bounds.Width * 0.5f * Superellipse.Growth, bounds.Height * 0.5f * Superellipse.Growth,
                    place.FeatherPixels);
            else if (mask is not null)
                _sampling.Row(rect.Y + y, Luma.Row(y));
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
        var from = Math.Clamp(x0 - left, 0, row.Length);
        var to = Math.Clamp(x1 - left, from, row.Length);
        row[from..to].Fill(At(dy));
        for (var i = 0; i < from; i++)
            row[i] = At(float.Hypot(x0 - left - i, dy));
        for (var i = to; i < row.Length; i++)
            row[i] = At(float.Hypot(left + i - x1 + 1, dy));

        byte At(float distance) => (byte)Math.Clamp(255.5f - distance * slope, 0, 255);
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
            var x = 0;
            for (; x <= pairs - 32; x += 32)
                Vector256.Narrow(Most(upper + 2 * x, lower + 2 * x), Most(upper + 2 * x + 32, lower + 2 * x + 32)).Store(target + x);
            for (; x < pairs; x++)
                target[x] = Math.Max(Math.Max(upper[2 * x], upper[2 * x + 1]), Math.Max(lower[2 * x], lower[2 * x + 1]));
            if (pairs < width)
                target[pairs] = Math.Max(upper[2 * pairs], lower[2 * pairs]);
        }
    }

    /// <summary>The most of each two by two, as 16-bit numbers.</summary>
    private static Vector256<ushort> Most(byte* upper, byte* lower)
    {
        var rows = Vector256.Max(Vector256.Load(upper), Vector256.Load(lower)).AsUInt16();
        return Vector256.Max(rows >>> 8, rows & Vector256.Create((ushort)255));
    }
}
