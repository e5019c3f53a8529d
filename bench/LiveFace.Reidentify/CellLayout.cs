using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Reidentify;

/// <summary>How an oval region is cut into cells: what whoever looks knows of it from the mask alone. In chroma samples.</summary>
internal sealed class CellLayout
{
    private const float Growth = 1.1892071f;

    public CellLayout(in EffectRegion region, float cellsOnShorterSide)
    {
        var bounds = region.Bounds;
        Feather = region.Feather * Math.Min(bounds.Width, bounds.Height);
        (HalfWidth, HalfHeight) = (bounds.Width * 0.5f * Growth, bounds.Height * 0.5f * Growth);
        (CentreX, CentreY) = (bounds.X + bounds.Width * 0.5f, bounds.Y + bounds.Height * 0.5f);
        Soft = MathF.Max(Feather, 0.5f) / MathF.Min(HalfWidth, HalfHeight);
        var left = (int)MathF.Floor((CentreX - HalfWidth * (1 + Soft)) / 2);
        var top = (int)MathF.Floor((CentreY - HalfHeight * (1 + Soft)) / 2);
        var right = (int)MathF.Ceiling((CentreX + HalfWidth * (1 + Soft)) / 2);
        var bottom = (int)MathF.Ceiling((CentreY + HalfHeight * (1 + Soft)) / 2);
        var shorter = Math.Min(right - left, bottom - top);
        Across = Cut(left, right - left);
        Down = Cut(top, bottom - top);

        int[] Cut(int start, int length)
        {
            var count = (int)Math.Clamp(MathF.Round(cellsOnShorterSide * length / shorter), 1, length);
            return [.. Enumerable.Range(0, count + 1).Select(i => start + length * i / count)];
        }
    }

    public int[] Across { get; }

    public int[] Down { get; }

    public int Cells => (Across.Length - 1) * (Down.Length - 1);

    private float Feather { get; }

    private float HalfWidth { get; }

    private float HalfHeight { get; }

    private float CentreX { get; }

    private float CentreY { get; }

    private float Soft { get; }

    /// <summary>How much of a pixel is covered, 0 to 1.</summary>
    public float CoverAt(float x, float y)
    {
        var (u, v) = ((x - CentreX) / HalfWidth, (y - CentreY) / HalfHeight);
        var radius4 = u * u * (u * u) + v * v * (v * v);
        return radius4 <= 1 ? 1 : Math.Clamp(1 - (MathF.Sqrt(MathF.Sqrt(radius4)) - 1) / Soft, 0, 1);
    }

    /// <summary>The plane's rows, and how many of its samples make a chroma sample.</summary>
    public static unsafe (nint Start, int Stride, int Scale) Plane(VideoFrame frame, int plane) => plane switch
    {
        0 => ((nint)frame.Y, frame.StrideY, 2),
        1 => ((nint)frame.U, frame.StrideUV, 1),
        _ => ((nint)frame.V, frame.StrideUV, 1),
    };
}
