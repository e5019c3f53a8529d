namespace LiveFace.Media.Frames;

/// <summary>Where the planes of an I420 picture lie in one block of memory.</summary>
internal static class FrameLayout
{
    /// <summary>Rows start at multiples of this, so that the widest vectors load aligned.</summary>
    public const int Alignment = 64;

    /// <summary>The largest side that a frame may have; 16384² of I420 still fits an <see cref="int"/>.</summary>
    public const int MaximumSide = 16384;

    public static int Stride(int width) => (width + (Alignment - 1)) & ~(Alignment - 1);

    public static int Bytes(int width, int height) =>
        Stride(width) * height + 2 * Stride((width + 1) >> 1) * ((height + 1) >> 1);
}
