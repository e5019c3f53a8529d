using LiveFace.Media.Frames;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>
/// Reads a mask that is stretched over a rectangle, between its points in straight lines. Each row of the mask is drawn
/// out to the full width once, and each row of pixels is then a step between two of those.
/// </summary>
internal sealed unsafe class MaskSampling
{
    private readonly Scratch _rows = new();
    private readonly int[] _held = [-1, -1];
    private AlphaMask _mask = new(1, 1);
    private PixelRect _bounds;
    private int _left;
    private int _width;
    private bool _outside;

    /// <summary>Begins a picture: rows start at <paramref name="left"/> and are that wide.</summary>
    public void Begin(AlphaMask mask, PixelRect bounds, int left, int width, bool outside)
    {
        (_mask, _bounds, _left, _width, _outside) = (mask, bounds, left, width, outside);
        _held.AsSpan().Fill(-1);
    }

    /// <summary>Writes the coverage of one row; outside of the bounds it is zero.</summary>
    public void Row(int y, byte* row)
    {
        if (y < _bounds.Y || y >= _bounds.Bottom)
        {
            new Span<byte>(row, _width).Clear();
            return;
        }

        var position = PositionAt(y - _bounds.Y, _mask.Height, _bounds.Height);
        var upper = (int)(position >> 16);
        var lower = Math.Min(upper + 1, _mask.Height - 1);
        Blend.Lerp(DrawnOut(upper), DrawnOut(lower), (int)(position & 0xFFFF) >> 8, row, _width);
    }

    /// <summary>The point of a mask's row or column that lies under a pixel; it is mixed with the one behind it.</summary>
    public static int PointAt(int pixel, int points, int pixels) => (int)(PositionAt(pixel, points, pixels) >> 16);

    private static long PositionAt(int pixel, int points, int pixels)
    {
        var step = ((long)points << 16) / pixels;
        return Math.Clamp(pixel * step + (step >> 1) - 0x8000, 0, (long)(points - 1) << 16);
    }

    /// <summary>A row of the mask at the full width; the two that were asked for last are kept.</summary>
    private byte* DrawnOut(int maskRow)
    {
        var target = _rows.Get(2 * _width) + (maskRow & 1) * _width;
        if (_held[maskRow & 1] == maskRow)
            return target;
        _held[maskRow & 1] = maskRow;
        var points = _mask.Pixels.Slice(maskRow * _mask.Width, _mask.Width);
        var turn = _outside ? 255 : 0;
        var step = ((long)_mask.Width << 16) / _bounds.Width;
        var last = (long)(_mask.Width - 1) << 16;
        var from = Math.Clamp(_bounds.X - _left, 0, _width);
        var to = Math.Clamp(_bounds.Right - _left, from, _width);
        new Span<byte>(target, from).Clear();
        new Span<byte>(target + to, _width - to).Clear();
        var at = (_left + from - _bounds.X) * step + (step >> 1) - 0x8000;
        for (var x = from; x < to; x++, at += step)
        {
            var position = Math.Clamp(at, 0, last);
            var i = (int)(position >> 16);
            var part = (int)(position & 0xFFFF) >> 8;
            var next = Math.Min(i + 1, points.Length - 1);
            target[x] = (byte)(points[i] * (256 - part) + points[next] * part + 128 >> 8 ^ turn);
        }

        return target;
    }
}
