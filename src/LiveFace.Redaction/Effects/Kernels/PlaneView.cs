namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>A rectangle of bytes in memory that somebody else keeps alive.</summary>
internal readonly unsafe struct PlaneView(byte* start, int stride, int width, int height)
{
    public int Stride => stride;

    public int Width => width;

    public int Height => height;

    public byte* Row(int y) => start + (nint)y * stride;

    public Span<byte> Span(int y) => new(Row(y), width);
}
