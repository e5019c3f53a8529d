using LiveFace.Media.Frames;
using LiveFace.Restoration.Tiles;

namespace LiveFace.Restoration;

/// <summary>Puts what is under a mark in its place. Where the mask is low, the picture stays to the bit.</summary>
internal static class MarkRepair
{
    // The mask's values between which what is under the mark takes over: those of the net's card, of 255.
    private const float Low = 0.15f * 255;
    private const float High = 0.5f * 255;

    public static void Apply(VideoFrame frame, ReadOnlySpan<byte> mask, ReadOnlySpan<byte> colours)
    {
        var (width, height) = (frame.Width, frame.Height);
        var changes = new float[2 * 3 * (width + 1)];
        for (var y = 0; y < height; y += 2)
        {
            var rows = Math.Min(2, height - y);
            Array.Clear(changes);
            var any = false;
            for (var row = 0; row < rows; row++)
                any |= Change(frame, y + row, mask, colours, changes.AsSpan(row * 3 * (width + 1)));
            if (any)
                Write(frame, y, rows, changes);
        }
    }

    /// <summary>By how much each pixel of a row is to change; false where none is.</summary>
    private static bool Change(VideoFrame frame, int y, ReadOnlySpan<byte> mask, ReadOnlySpan<byte> colours, Span<float> changes)
    {
        var any = false;
        var row = new FrameRow(frame, y);
        for (var x = 0; x < frame.Width; x++)
        {
            var at = y * frame.Width + x;
            var part = Math.Clamp((mask[at] - Low) / (High - Low), 0, 1);
            if (part == 0)
                continue;
            any = true;
            var (r, g, b) = row.At(x);
            (changes[x * 3], changes[x * 3 + 1], changes[x * 3 + 2]) =
                ((colours[at * 3] - r) * part, (colours[at * 3 + 1] - g) * part, (colours[at * 3 + 2] - b) * part);
        }

        return any;
    }

    private static void Write(VideoFrame frame, int y, int rows, ReadOnlySpan<float> changes)
    {
        var u = frame.RowU(y >> 1);
        var v = frame.RowV(y >> 1);
        var stride = 3 * (frame.Width + 1);
        for (var x = 0; x < frame.Width; x += 2)
        {
            var (columns, sum) = (Math.Min(2, frame.Width - x), (R: 0f, G: 0f, B: 0f));
            for (var row = 0; row < rows; row++)
                for (var column = 0; column < columns; column++)
                {
                    var change = changes.Slice(row * stride + (x + column) * 3, 3);
                    ref var luma = ref frame.RowY(y + row)[x + column];
                    luma = Byte(luma + FrameRgb.Luma(change[0], change[1], change[2]));
                    sum = (sum.R + change[0], sum.G + change[1], sum.B + change[2]);
                }

            var count = rows * columns;
            var (du, dv) = FrameRgb.Chroma(sum.R / count, sum.G / count, sum.B / count);
            u[x >> 1] = Byte(u[x >> 1] + du);
            v[x >> 1] = Byte(v[x >> 1] + dv);
        }
    }

    private static byte Byte(float value) => (byte)Math.Clamp(MathF.Round(value), 0, 255);
}
