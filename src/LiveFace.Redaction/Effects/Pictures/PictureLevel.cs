using LiveFace.Media.Images;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Redaction.Effects.Pictures;

/// <summary>A picture at one size, as Y, U, V and alpha of the same size, the first three multiplied by alpha.</summary>
internal sealed class PictureLevel
{
    private readonly byte[][] _planes;

    private PictureLevel(int width, int height, byte[][] planes)
    {
        Width = width;
        Height = height;
        _planes = planes;
    }

    public int Width { get; }

    public int Height { get; }

    public ReadOnlySpan<byte> Alpha => _planes[3];

    public ReadOnlySpan<byte> Colour(PlaneKind plane) => _planes[(int)plane];

    public static PictureLevel From(RgbaImage image)
    {
        var pixels = image.Pixels.Span;
        var count = image.Width * image.Height;
        byte[][] planes = [new byte[count], new byte[count], new byte[count], new byte[count]];
        for (var i = 0; i < count; i++)
        {
            var p = pixels.Slice(i * 4, 4);
            var colour = YuvColor.From(p[0], p[1], p[2]);
            planes[0][i] = Times(colour.Y, p[3]);
            planes[1][i] = Times(colour.U, p[3]);
            planes[2][i] = Times(colour.V, p[3]);
            planes[3][i] = p[3];
        }

        return new PictureLevel(image.Width, image.Height, planes);

        static byte Times(int value, int alpha) => (byte)((value * alpha + 127) / 255);
    }

    /// <summary>The picture at half the size.</summary>
    public PictureLevel Halve()
    {
        var width = (Width + 1) / 2;
        var height = (Height + 1) / 2;
        var planes = new byte[4][];
        for (var plane = 0; plane < 4; plane++)
        {
            var from = _planes[plane];
            var to = planes[plane] = new byte[width * height];
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                {
                    var (x0, x1) = (2 * x, Math.Min(2 * x + 1, Width - 1));
                    var (y0, y1) = (2 * y * Width, Math.Min(2 * y + 1, Height - 1) * Width);
                    to[y * width + x] = (byte)(from[y0 + x0] + from[y0 + x1] + from[y1 + x0] + from[y1 + x1] + 2 >> 2);
                }
        }

        return new PictureLevel(width, height, planes);
    }
}
