using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>Draws heads and simple shapes into a frame, with soft edges.</summary>
internal static class Brush
{
    /// <summary>A turned ellipse of one colour.</summary>
    public static void Ellipse(VideoFrame frame, float x, float y, float across, float down, float turn, (float Y, float U, float V) colour, float soft = 0.1f)
    {
        var (sin, cos) = MathF.SinCos(turn);
        var reach = MathF.Max(across, down) * (1 + soft) + 1;
        Each(frame, x, y, reach, (px, py) =>
        {
            var (dx, dy) = (px - x, py - y);
            var (u, v) = ((cos * dx + sin * dy) / across, (cos * dy - sin * dx) / down);
            return (Math.Clamp((1 + soft - MathF.Sqrt(u * u + v * v)) / soft, 0, 1), colour.Y, colour.U, colour.V);
        });
    }

    /// <summary>A head whose face is so many pixels high, turned by an angle.</summary>
    public static void Head(VideoFrame frame, HeadSprite head, float x, float y, float height, float turn)
    {
        var (sin, cos) = MathF.SinCos(turn);
        var level = HeadSprite.LevelFor(height);
        Each(frame, x, y, head.Reach * height + 3, (px, py) =>
        {
            var (dx, dy) = ((px - x) / height, (py - y) / height);
            var (u, v) = (cos * dx + sin * dy, cos * dy - sin * dx);
            var opacity = head.Opacity(u, v);
            if (opacity <= 0)
                return default;
            var (blue, red) = head.Chroma(level, u, v);
            return (opacity, head.Luma(level, u, v), blue, red);
        });
    }

    /// <summary>Less light and a sensor's noise.</summary>
    public static void Darken(VideoFrame frame, float light, float noise, Random random)
    {
        for (var y = 0; y < frame.Height; y++)
            foreach (ref var pixel in frame.RowY(y))
                pixel = (byte)Math.Clamp(16 + (pixel - 16) * light + noise * (random.NextSingle() + random.NextSingle() - 1), 0, 255);
        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            foreach (ref var pixel in frame.RowU(y))
                pixel = (byte)(128 + (pixel - 128) * light);
            foreach (ref var pixel in frame.RowV(y))
                pixel = (byte)(128 + (pixel - 128) * light);
        }
    }

    /// <summary>Mixes what the function gives for each pixel round a place into the frame: opacity and colour.</summary>
    private static void Each(VideoFrame frame, float x, float y, float reach, Func<float, float, (float Opacity, float Y, float U, float V)> paint)
    {
        var (left, right) = (Math.Max(0, (int)(x - reach)), Math.Min(frame.Width, (int)(x + reach) + 1));
        for (var py = Math.Max(0, (int)(y - reach)); py < Math.Min(frame.Height, (int)(y + reach) + 1); py++)
        {
            var row = frame.RowY(py);
            for (var px = left; px < right; px++)
            {
                var (opacity, luma, blue, red) = paint(px + 0.5f, py + 0.5f);
                if (opacity <= 0)
                    continue;
                row[px] = (byte)float.Lerp(row[px], luma, opacity);
                if (((px | py) & 1) != 0)
                    continue;
                ref var u = ref frame.RowU(py / 2)[px / 2];
                ref var v = ref frame.RowV(py / 2)[px / 2];
                u = (byte)float.Lerp(u, blue, opacity);
                v = (byte)float.Lerp(v, red, opacity);
            }
        }
    }
}
