using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>Pictures made of smooth noise: a background that can be panned and things on it that can be moved.</summary>
internal sealed class PatternScene
{
    private const int Cell = 8;
    private const int Side = 128;

    private readonly float[] _noise;

    public PatternScene(int seed)
    {
        var random = new Random(seed);
        _noise = new float[Side * Side];
        for (var i = 0; i < _noise.Length; i++)
            _noise[i] = 20 + 210 * random.NextSingle();
    }

    /// <summary>Brightness at a place of the endless pattern.</summary>
    public float At(float x, float y)
    {
        x /= Cell;
        y /= Cell;
        var x0 = (int)MathF.Floor(x);
        var y0 = (int)MathF.Floor(y);
        var fx = x - x0;
        var fy = y - y0;
        return float.Lerp(
            float.Lerp(Value(x0, y0), Value(x0 + 1, y0), fx),
            float.Lerp(Value(x0, y0 + 1), Value(x0 + 1, y0 + 1), fx), fy);
    }

    /// <summary>Paints the pattern over the frame, moved by so much.</summary>
    public void Paint(VideoFrame frame, float panX, float panY)
    {
        for (var y = 0; y < frame.Height; y++)
        {
            var row = frame.RowY(y);
            for (var x = 0; x < row.Length; x++)
                row[x] = (byte)At(x - panX, y - panY);
        }

        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            frame.RowU(y).Fill(128);
            frame.RowV(y).Fill(128);
        }
    }

    /// <summary>Paints the pattern into a box whose corner may lie between pixels; it moves with the box.</summary>
    public void PaintThing(VideoFrame frame, float left, float top, int width, int height)
    {
        for (var y = Math.Max(0, (int)top); y < Math.Min(frame.Height, (int)top + height); y++)
            for (var x = Math.Max(0, (int)left); x < Math.Min(frame.Width, (int)left + width); x++)
                frame.RowY(y)[x] = (byte)At(x - left, y - top);
    }

    private float Value(int x, int y) => _noise[(y & (Side - 1)) * Side + (x & (Side - 1))];
}
