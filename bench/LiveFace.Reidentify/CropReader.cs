using LiveFace.Media.Frames;

namespace LiveFace.Reidentify;

/// <summary>Reads crops out of frames as the models want them, pixel by pixel: plain and slow.</summary>
internal static class CropReader
{
    /// <summary>Three planes of red, green and blue, 0 to 255.</summary>
    public static float[] Rgb(VideoFrame frame, Similarity toPicture, int side)
    {
        var planes = new float[3 * side * side];
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
            {
                var px = toPicture.A * x - toPicture.B * y + toPicture.Tx;
                var py = toPicture.B * x + toPicture.A * y + toPicture.Ty;
                var luma = 1.164383f * (Sample(frame, 0, px, py) - 16);
                var u = Sample(frame, 1, (px - 0.5f) / 2, (py - 0.5f) / 2) - 128;
                var v = Sample(frame, 2, (px - 0.5f) / 2, (py - 0.5f) / 2) - 128;
                var at = y * side + x;
                planes[at] = Math.Clamp(luma + 1.596027f * v, 0, 255);
                planes[side * side + at] = Math.Clamp(luma - 0.391762f * u - 0.812968f * v, 0, 255);
                planes[2 * side * side + at] = Math.Clamp(luma + 2.017232f * u, 0, 255);
            }

        return planes;
    }

    /// <summary>Brightness of a square, averaged where it is made smaller.</summary>
    public static float[] Grey(VideoFrame frame, float left, float top, float size, int side)
    {
        const int Taps = 3;
        var plane = new float[side * side];
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
                for (var k = 0; k < Taps * Taps; k++)
                    plane[y * side + x] += Sample(frame, 0,
                        left + (x + (k % Taps + 0.5f) / Taps) * size / side - 0.5f,
                        top + (y + (k / Taps + 0.5f) / Taps) * size / side - 0.5f) / (Taps * Taps);
        return plane;
    }

    /// <summary>Draws a part of a picture into another one, which begins at that place; past the edge, the edge goes on.</summary>
    public static void Stretch(VideoFrame frame, float left, float top, float scale, VideoFrame target)
    {
        for (var plane = 0; plane < 3; plane++)
        {
            var half = plane == 0 ? 1 : 2;
            var height = plane == 0 ? target.Height : target.ChromaHeight;
            for (var y = 0; y < height; y++)
            {
                var row = Row(target, plane, y);
                for (var x = 0; x < row.Length; x++)
                    row[x] = (byte)(Sample(frame, plane,
                        (left + (x + 0.5f) * half / scale) / half - 0.5f, (top + (y + 0.5f) * half / scale) / half - 0.5f) + 0.5f);
            }
        }
    }

    private static float Sample(VideoFrame frame, int plane, float x, float y)
    {
        var (width, height) = plane == 0 ? (frame.Width, frame.Height) : (frame.ChromaWidth, frame.ChromaHeight);
        x = Math.Clamp(x, 0, width - 1);
        y = Math.Clamp(y, 0, height - 1);
        var (x0, y0) = ((int)x, (int)y);
        var (fx, fy) = (x - x0, y - y0);
        var upper = Row(frame, plane, y0);
        var lower = Row(frame, plane, Math.Min(y0 + 1, height - 1));
        var x1 = Math.Min(x0 + 1, width - 1);
        return (upper[x0] * (1 - fx) + upper[x1] * fx) * (1 - fy) + (lower[x0] * (1 - fx) + lower[x1] * fx) * fy;
    }

    private static Span<byte> Row(VideoFrame frame, int plane, int y) =>
        plane switch { 0 => frame.RowY(y), 1 => frame.RowU(y), _ => frame.RowV(y) };
}
