using System.IO.Compression;

namespace LiveFace.Vision.Tests.Models;

/// <summary>The rows of a PNG file of three bytes a pixel.</summary>
internal static class PngRows
{
    /// <summary>Undoes PNG's row filters (PNG specification, 9.2).</summary>
    public static byte[] Unfilter(ZLibStream from, int stride, int height)
    {
        var rows = new byte[stride * height];
        for (var y = 0; y < height; y++)
        {
            var filter = from.ReadByte();
            var row = rows.AsSpan(y * stride, stride);
            from.ReadExactly(row);
            for (var x = 0; x < stride; x++)
            {
                int left = x >= 3 ? row[x - 3] : 0, up = y > 0 ? rows[(y - 1) * stride + x] : 0;
                int corner = x >= 3 && y > 0 ? rows[(y - 1) * stride + x - 3] : 0;
                row[x] += filter switch
                {
                    1 => (byte)left,
                    2 => (byte)up,
                    3 => (byte)((left + up) / 2),
                    4 => (byte)Paeth(left, up, corner),
                    _ => 0,
                };
            }
        }
        return rows;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
