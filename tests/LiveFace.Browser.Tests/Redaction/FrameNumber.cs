using LiveFace.Media.Frames;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>The number of a frame, as blocks of stripes that stand or lie at the left edge of the picture.</summary>
internal static class FrameNumber
{
    private const int Bits = 6;
    private const int Block = 32;
    private const int Left = 8;
    private const int Top = 40;

    // Two of them make a cell of the coverage map.
    private const int Stripe = 4;

    // The stripes' own rim differs by 40 levels a pixel; what a codec leaves of them is well above this.
    private const double LeastContrast = 8;
    private const double Clearly = 2;

    /// <summary>The number that a returned picture carries; null when the strip cannot be read, as under a cover.</summary>
    public static int? ReadFrom(ReadOnlySpan<byte> luma, int width, int height)
    {
        var number = 0;
        for (var bit = 0; bit <= Bits; bit++)
        {
            if (Stands(luma, width, height, bit) is not { } stands)
                return null;

            // The last block is the opposite of the first, so that one pattern all over reads as nothing.
            if (bit < Bits)
                number |= (stands ? 1 : 0) << bit;
            else if (stands == ((number & 1) != 0))
                return null;
        }

        return number;
    }

    /// <summary>Whether a block's stripes stand; null when neither can be told.</summary>
    private static bool? Stands(ReadOnlySpan<byte> luma, int width, int height, int bit)
    {
        var (across, down) = (width / 640.0, height / 480.0);
        var (left, right) = ((int)((Left + Stripe) * across), (int)((Left + Block - Stripe) * across));
        var (top, bottom) = ((int)((Top + bit * Block + Stripe) * down), (int)((Top + (bit + 1) * Block - Stripe) * down));
        double along = 0, beneath = 0;
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++)
            {
                along += Math.Abs(luma[y * width + x + 1] - luma[y * width + x]);
                beneath += Math.Abs(luma[(y + 1) * width + x] - luma[y * width + x]);
            }

        var (most, least) = (Math.Max(along, beneath), Math.Min(along, beneath));
        return most >= LeastContrast * (right - left) * (bottom - top) && most >= Clearly * least ? along > beneath : null;
    }

    public static void Draw(VideoFrame frame, int number)
    {
        for (var bit = 0; bit <= Bits; bit++)
        {
            var stands = bit < Bits ? (number >> bit & 1) != 0 : (number & 1) == 0;
            for (var y = 0; y < Block; y++)
            {
                var row = frame.RowY(Top + bit * Block + y).Slice(Left, Block);
                for (var x = 0; x < Block; x++)
                    row[x] = (stands ? x : y) / Stripe % 2 == 0 ? (byte)210 : (byte)46;
            }

            for (var y = 0; y < Block / 2; y++)
            {
                frame.RowU((Top + bit * Block) / 2 + y).Slice(Left / 2, Block / 2).Fill(128);
                frame.RowV((Top + bit * Block) / 2 + y).Slice(Left / 2, Block / 2).Fill(128);
            }
        }
    }
}
