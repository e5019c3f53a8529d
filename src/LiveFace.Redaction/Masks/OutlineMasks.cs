using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Masks;

/// <summary>
/// From a model's outlines to masks that are painted with: those that hide a thing are widened, those that hide
/// everything else are not. The masks are used again from frame to frame.
/// </summary>
internal sealed class OutlineMasks
{
    // What belongs to a thing with this much certainty of 255 is hidden with it.
    private const byte Inside = 64;

    private readonly List<AlphaMask> _masks = [];
    private int _used;

    public void Clear() => _used = 0;

    /// <summary>The region of a thing's outline, widened by one of the model's own points.</summary>
    public EffectRegion Hiding(DetectionMask outline, uint seed)
    {
        var mask = Rent(outline.Width, outline.Height);
        var from = outline.Values;
        var to = mask.Pixels;
        for (var y = 0; y < outline.Height; y++)
            for (var x = 0; x < outline.Width; x++)
                to[y * outline.Width + x] = Strongest(from, outline.Width, outline.Height, x, y) >= Inside ? (byte)255 : (byte)0;
        return new EffectRegion(Bounds(outline.Region), RegionShape.Mask, 0, mask, seed);
    }

    /// <summary>Everything that no outline claims: the whole picture when there is none.</summary>
    public void AddBackground(
        PaintLine line, DetectionList? found, int width, int height, uint seed, MaskRegions regions)
    {
        var whole = new PixelRect(0, 0, width, height);
        if (found is null || found.Masks.Length != 1)
        {
            regions.Add(new(line, new EffectRegion(whole, RegionShape.Box, 0, null, seed)));
            return;
        }

        var outline = found.Masks[0];
        var mask = Rent(outline.Width, outline.Height);
        for (var i = 0; i < outline.Values.Length; i++)
            mask.Pixels[i] = (byte)(255 - outline.Values[i]);
        var covered = Bounds(outline.Region).Clip(width, height);
        regions.Add(new(line, new EffectRegion(Bounds(outline.Region), RegionShape.Mask, 0, mask, seed)));

        // What the model did not look at belongs to nobody.
        AddBox(line, new PixelRect(0, 0, width, covered.Y), seed, regions);
        AddBox(line, new PixelRect(0, covered.Bottom, width, height - covered.Bottom), seed, regions);
        AddBox(line, new PixelRect(0, covered.Y, covered.X, covered.Height), seed, regions);
        AddBox(line, new PixelRect(covered.Right, covered.Y, width - covered.Right, covered.Height), seed, regions);
    }

    private static void AddBox(PaintLine line, PixelRect box, uint seed, MaskRegions regions)
    {
        if (!box.IsEmpty)
            regions.Add(new(line, new EffectRegion(box, RegionShape.Box, 0, null, seed)));
    }

    private static byte Strongest(ReadOnlySpan<byte> values, int width, int height, int x, int y)
    {
        byte strongest = 0;
        for (var row = Math.Max(0, y - 1); row <= Math.Min(height - 1, y + 1); row++)
            for (var column = Math.Max(0, x - 1); column <= Math.Min(width - 1, x + 1); column++)
                strongest = Math.Max(strongest, values[row * width + column]);
        return strongest;
    }

    private AlphaMask Rent(int width, int height)
    {
        for (var i = _used; i < _masks.Count; i++)
            if (_masks[i].Width == width && _masks[i].Height == height)
            {
                (_masks[_used], _masks[i]) = (_masks[i], _masks[_used]);
                return _masks[_used++];
            }

        var mask = new AlphaMask(width, height);
        if (_masks.Count >= 64)
            _masks.RemoveAt(_masks.Count - 1);
        _masks.Insert(_used, mask);
        _used++;
        return mask;
    }

    private static PixelRect Bounds(BoxF box)
    {
        var left = (int)MathF.Floor(box.Left);
        var top = (int)MathF.Floor(box.Top);
        return new PixelRect(left, top, (int)MathF.Ceiling(box.Right) - left, (int)MathF.Ceiling(box.Bottom) - top);
    }
}
