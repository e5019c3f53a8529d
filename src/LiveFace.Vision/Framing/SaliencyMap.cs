using LiveFace.Media.Frames;

namespace LiveFace.Vision.Framing;

/// <summary>
/// How much each place of a picture stands out from what is at its edges, 0 to 1, on a small grid. Written for one thing
/// before a background; it knows no things, only that they are unlike what the edges lead to.
/// </summary>
internal sealed class SaliencyMap
{
    private const int LongSide = 160;

    // How far from the middle, in halves of the picture, a place counts for less.
    private const float Centre = 0.9f;

    private SaliencyMap(int width, int height) => (Width, Height, Values) = (width, height, new float[width * height]);

    public int Width { get; }

    public int Height { get; }

    public float[] Values { get; }

    public static SaliencyMap Of(VideoFrame frame)
    {
        var scale = (float)LongSide / Math.Max(frame.Width, frame.Height);
        var map = new SaliencyMap(Math.Max(8, (int)MathF.Round(frame.Width * scale)), Math.Max(8, (int)MathF.Round(frame.Height * scale)));
        var area = map.Values.Length;
        var planes = new float[3 * area];
        new TensorSampler(new TensorFormat(map.Width, map.Height) { Filter = ResampleFilter.Area }).Sample(frame, planes);
        Opponents(planes, area);
        var barriers = new float[area];
        for (var plane = 0; plane < 3; plane++)
            BarrierDistance.Add(planes.AsSpan(plane * area, area), map.Width, map.Height, barriers);
        Normalise(barriers);
        EdgeColours.Add(planes, map.Width, map.Height, map.Values);
        Normalise(map.Values);
        for (var i = 0; i < area; i++)
            map.Values[i] += barriers[i];
        map.FavourMiddle();
        map.Smooth();
        Normalise(map.Values);
        return map;
    }

    /// <summary>From red, green and blue to lightness and two opponent colours, all of about the same weight.</summary>
    private static void Opponents(float[] planes, int area)
    {
        for (var i = 0; i < area; i++)
        {
            var (red, green, blue) = (planes[i], planes[area + i], planes[2 * area + i]);
            planes[i] = 0.299f * red + 0.587f * green + 0.114f * blue;
            planes[area + i] = red - green;
            planes[2 * area + i] = (red + green) / 2 - blue;
        }
    }

    private void FavourMiddle()
    {
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var (dx, dy) = ((2 * x + 1f) / Width - 1, (2 * y + 1f) / Height - 1);
                Values[y * Width + x] *= MathF.Exp(-(dx * dx + dy * dy) / (2 * Centre * Centre));
            }
    }

    /// <summary>Means of three by three, twice.</summary>
    private void Smooth()
    {
        var from = new float[Values.Length];
        for (var round = 0; round < 2; round++)
        {
            Values.CopyTo(from, 0);
            for (var y = 1; y < Height - 1; y++)
                for (var x = 1; x < Width - 1; x++)
                {
                    var (at, sum) = (y * Width + x, 0f);
                    for (var row = at - Width; row <= at + Width; row += Width)
                        sum += from[row - 1] + from[row] + from[row + 1];
                    Values[at] = sum / 9;
                }
        }
    }

    private static void Normalise(Span<float> values)
    {
        float least = float.MaxValue, most = float.MinValue;
        foreach (var value in values)
            (least, most) = (MathF.Min(least, value), MathF.Max(most, value));
        var range = MathF.Max(1e-6f, most - least);
        foreach (ref var value in values)
            value = (value - least) / range;
    }
}
