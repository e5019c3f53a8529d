using System.Runtime.CompilerServices;

namespace LiveFace.Media.Frames;

/// <summary>
/// One picture in planar YUV 4:2:0, in native memory that belongs to a <see cref="FramePool"/>.
/// References are counted: whoever keeps a frame takes a reference, and the last <see cref="Dispose"/> returns the
/// memory. Reading and writing the planes is the owner's business; the count alone is safe across threads.
/// </summary>
public sealed unsafe class VideoFrame : IDisposable
{
    private readonly FramePool _pool;
    private int _references;

    internal VideoFrame(FramePool pool, byte* memory, int capacity)
    {
        _pool = pool;
        Memory = memory;
        Capacity = capacity;
    }

    /// <summary>Width of the luma plane in pixels.</summary>
    public int Width { get; private set; }

    /// <summary>Height of the luma plane in pixels.</summary>
    public int Height { get; private set; }

    /// <summary>Width of each chroma plane: half the luma's, rounded up.</summary>
    public int ChromaWidth => (Width + 1) >> 1;

    /// <summary>Height of each chroma plane: half the luma's, rounded up.</summary>
    public int ChromaHeight => (Height + 1) >> 1;

    /// <summary>Bytes from one luma row to the next; a multiple of 64.</summary>
    public int StrideY { get; private set; }

    /// <summary>Bytes from one chroma row to the next; a multiple of 64.</summary>
    public int StrideUV { get; private set; }

    /// <summary>When the picture was taken, on its source's clock.</summary>
    public TimeSpan CaptureTime { get; set; }

    /// <summary>How many references are held; zero once the memory is back in its pool.</summary>
    public int References => Volatile.Read(ref _references);

    internal byte* Memory { get; }

    internal int Capacity { get; }

    /// <summary>First byte of the luma plane.</summary>
    public byte* Y => Memory;

    /// <summary>First byte of the blue-difference plane.</summary>
    public byte* U => Memory + (nint)StrideY * Height;

    /// <summary>First byte of the red-difference plane.</summary>
    public byte* V => U + (nint)StrideUV * ChromaHeight;

    /// <summary>One luma row, without its padding.</summary>
    public Span<byte> RowY(int row) => new(Y + (nint)row * StrideY, Width);

    /// <summary>One row of the blue-difference plane, without its padding.</summary>
    public Span<byte> RowU(int row) => new(U + (nint)row * StrideUV, ChromaWidth);

    /// <summary>One row of the red-difference plane, without its padding.</summary>
    public Span<byte> RowV(int row) => new(V + (nint)row * StrideUV, ChromaWidth);

    /// <summary>Takes one more reference, to be given back with <see cref="Dispose"/>.</summary>
    public VideoFrame AddReference()
    {
        if (Interlocked.Increment(ref _references) <= 1)
        {
            Interlocked.Decrement(ref _references);
            throw new ObjectDisposedException(nameof(VideoFrame), "The frame's memory is back in its pool.");
        }

        return this;
    }

    /// <summary>Gives one reference back; the last one returns the memory to the pool.</summary>
    public void Dispose()
    {
        var left = Interlocked.Decrement(ref _references);
        if (left == 0)
            _pool.Return(this);
        else if (left < 0)
            throw new ObjectDisposedException(nameof(VideoFrame), "A reference was given back twice.");
    }

    internal void Open(int width, int height)
    {
        Width = width;
        Height = height;
        StrideY = FrameLayout.Stride(width);
        StrideUV = FrameLayout.Stride((width + 1) >> 1);
        CaptureTime = default;
        Volatile.Write(ref _references, 1);
    }
}
