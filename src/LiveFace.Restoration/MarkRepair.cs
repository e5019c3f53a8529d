using LiveFace.Media.Frames;
using LiveFace.Restoration.Fit;
using LiveFace.Restoration.Tiles;

namespace LiveFace.Restoration;

/// <summary>Takes a mark off a picture: I = (J − a C) / (1 − a). Where the mask is low, the picture stays to the bit.</summary>
internal static class MarkRepair
{
    // The mask's values between which what is under the mark takes over: those of the net's card, of 255.
    private const float Low = 0.15f * 255;
    private const float High = 0.5f * 255;

    public static void Apply(VideoFrame frame, ReadOnlySpan<byte> mask, ReadOnlySpan<byte> cover, Mark mark)
    {
        var colours = new MarkColours(frame, mask, mark);
        var opacity = (float)mark.Opacity / 255;
        for (var y = 0; y < frame.ChromaHeight; y++)
            for (var x = 0; x < frame.ChromaWidth; x++)
            {
                var (bottom, right) = (Math.Min(2 * y + 2, frame.Height), Math.Min(2 * x + 2, frame.Width));
                var (sum, sumU, sumV, count) = (0f, 0f, 0f, 0);
                for (var row = 2 * y; row < bottom; row++)
                    for (var column = 2 * x; column < right; column++, count++)
                    {
                        var at = row * frame.Width + column;
                        if (mask[at] <= Low)
                            continue;
                        var (part, alpha) = (Math.Min((mask[at] - Low) / (High - Low), 1), opacity * cover[at]);
                        var colour = colours.At(column, row, cover[at]);
                        var (r, g, b) = ((float)colour.R, (float)colour.G, (float)colour.B);
                        var (u, v) = FrameRgb.Chroma(r, g, b);
                        ref var value = ref frame.RowY(row)[column];
                        value = Byte(value + part * alpha * (value - 16 - FrameRgb.Luma(r, g, b)) / (1 - alpha));
                        (sum, sumU, sumV) = (sum + part * alpha, sumU + part * alpha * u, sumV + part * alpha * v);
                    }

                if (sum == 0)
                    continue;
                var mean = sum / count;
                Move(ref frame.RowU(y)[x], 128 + sumU / sum, mean);
                Move(ref frame.RowV(y)[x], 128 + sumV / sum, mean);
            }
    }

    private static void Move(ref byte value, float mark, float alpha) => value = Byte(value + alpha * (value - mark) / (1 - alpha));

    private static byte Byte(float value) => (byte)Math.Clamp(MathF.Round(value), 0, 255);
}
