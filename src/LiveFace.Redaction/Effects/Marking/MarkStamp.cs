using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Effects.Pictures;

namespace LiveFace.Redaction.Effects.Marking;

/// <summary>A mark as it meets a frame: for each sample of a plane what is added, and how much of the frame goes.</summary>
internal sealed unsafe class MarkStamp
{
    private readonly Scratch _luma = new();
    private readonly Scratch _chroma = new();

    /// <summary>Even, so that a stamp at an even place covers whole chroma samples.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    private int Count => Width * Height;

    /// <summary>Draws the picture, turned, with its colours multiplied by alpha and strength.</summary>
    public void Draw(OverlayPicture picture, in MarkTurn turn, float opacity, WatermarkBlend blend)
    {
        Width = Even(turn.BoxWidth);
        Height = Even(turn.BoxHeight);
        var level = picture.LevelFor((int)turn.Width, (int)turn.Height);
        var luma = _luma.Get(Count * 2);
        var chroma = _chroma.Get(Count);
        var quarter = Count / 4;
        for (var y = 0; y < Height; y += 2)
            for (var x = 0; x < Width; x += 2)
            {
                var (sum, at) = (default(MarkPoint), y / 2 * (Width / 2) + x / 2);
                for (var corner = 0; corner < 4; corner++)
                {
                    var (column, row) = (x + (corner & 1), y + (corner >> 1));
                    var point = MarkPoint.Of(level, turn, column + 0.5f - Width / 2f, row + 0.5f - Height / 2f).Blended(blend, opacity);
                    luma[row * Width + column] = Round(point.Y);
                    luma[Count + row * Width + column] = Round(point.Alpha);
                    sum += point;
                }

                chroma[at] = Round(sum.U / 4);
                chroma[quarter + at] = Round(sum.V / 4);
                chroma[2 * quarter + at] = Round(sum.Alpha / 4);
            }
    }

    /// <summary>Lays the mark with its upper left corner on an even pixel; what is outside of the frame is left out.</summary>
    public void Lay(VideoFrame frame, int left, int top)
    {
        left &= ~1;
        top &= ~1;
        var luma = _luma.Get(Count * 2);
        var chroma = _chroma.Get(Count);
        var quarter = Count / 4;
        Plane(new PlaneView(frame.Y, frame.StrideY, frame.Width, frame.Height), luma, luma + Count, Width, Height, left, top);
        var (u, v) = (new PlaneView(frame.U, frame.StrideUV, frame.ChromaWidth, frame.ChromaHeight),
            new PlaneView(frame.V, frame.StrideUV, frame.ChromaWidth, frame.ChromaHeight));
        Plane(u, chroma, chroma + 2 * quarter, Width / 2, Height / 2, left / 2, top / 2);
        Plane(v, chroma + quarter, chroma + 2 * quarter, Width / 2, Height / 2, left / 2, top / 2);
    }

    private static void Plane(PlaneView target, byte* over, byte* alpha, int width, int height, int left, int top)
    {
        var (x0, x1) = (Math.Max(left, 0), Math.Min(left + width, target.Width));
        if (x0 >= x1)
            return;
        for (var y = Math.Max(top, 0); y < Math.Min(top + height, target.Height); y++)
        {
            var at = (nint)(y - top) * width + (x0 - left);
            Blend.Premultiplied(target.Row(y) + x0, over + at, alpha + at, x1 - x0);
        }
    }

    private static int Even(float side) => ((int)MathF.Ceiling(side - 0.01f) + 1) & ~1;

    private static byte Round(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
