using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects.Pictures;

/// <summary>Lays a picture over one plane, scaled between its points in straight lines.</summary>
internal sealed unsafe class PicturePainter
{
    private readonly Scratch _colour = new();
    private readonly Scratch _alpha = new();

    /// <summary>
    /// Draws the picture over <paramref name="box"/>, which is given in the target's samples and may reach over its
    /// edges.
    /// </summary>
    public void Paint(OverlayPicture picture, PlaneKind plane, PixelRect box, PlaneView target)
    {
        var visible = box.Clip(target.Width, target.Height);
        if (visible.IsEmpty)
            return;
        var level = picture.LevelFor(box.Width, box.Height);
        var colour = new Span<byte>(_colour.Get(level.Width), level.Width);
        var alpha = new Span<byte>(_alpha.Get(level.Width), level.Width);
        var stepY = ((long)level.Height << 16) / box.Height;
        for (var y = visible.Y; y < visible.Bottom; y++)
        {
            var at = Math.Clamp((y - box.Y) * stepY + (stepY >> 1) - 0x8000, 0, (long)(level.Height - 1) << 16);
            var row = (int)(at >> 16);
            var next = Math.Min(row + 1, level.Height - 1);
            var part = (int)(at & 0xFFFF) >> 8;
            Between(level.Colour(plane), level.Width, row, next, part, colour);
            Between(level.Alpha, level.Width, row, next, part, alpha);
            Lay(colour, alpha, box, visible, target.Row(y));
        }
    }

    private static void Between(ReadOnlySpan<byte> plane, int width, int row, int next, int part, Span<byte> mixed)
    {
        var upper = plane.Slice(row * width, width);
        if (part == 0)
        {
            upper.CopyTo(mixed);
            return;
        }

        var lower = plane.Slice(next * width, width);
        fixed (byte* a = upper, b = lower, to = mixed)
            Blend.Lerp(a, b, part, to, width);
    }

    private static void Lay(Span<byte> colour, Span<byte> alpha, PixelRect box, PixelRect visible, byte* target)
    {
        var stepX = ((long)colour.Length << 16) / box.Width;
        var last = (long)(colour.Length - 1) << 16;
        var at = (visible.X - box.X) * stepX + (stepX >> 1) - 0x8000;
        for (var x = visible.X; x < visible.Right; x++, at += stepX)
        {
            var position = Math.Clamp(at, 0, last);
            var i = (int)(position >> 16);
            var next = Math.Min(i + 1, colour.Length - 1);
            var part = (int)(position & 0xFFFF) >> 8;
            var cover = alpha[i] * (256 - part) + alpha[next] * part + 128 >> 8;
            if (cover == 0)
                continue;
            var value = colour[i] * (256 - part) + colour[next] * part + 128 >> 8;
            target[x] = (byte)Math.Min(255, value + (target[x] * (255 - cover) + 127) / 255);
        }
    }
}
