using System.Runtime.CompilerServices;

namespace LiveFace.Media.Frames;

/// <summary>
/// Memory that the collector does not move and that begins where the widest vectors do, so that none of them lies across
/// two lines of the cache. It grows and is kept; what it held is lost when it grows.
/// </summary>
internal unsafe struct AlignedMemory<T>
    where T : unmanaged
{
    private byte[]? _memory;

    /// <summary>How many values there is room for.</summary>
    public int Length { get; private set; }

    /// <summary>The first value.</summary>
    public T* Start { get; private set; }

    /// <summary>All values.</summary>
    public readonly Span<T> Span => new(Start, Length);

    /// <summary>Makes room for so many values.</summary>
    public void Grow(int length)
    {
        if (length <= Length)
            return;
        _memory = GC.AllocateArray<byte>(length * sizeof(T) + FrameLayout.Alignment - 1, pinned: true);
        var start = (nint)Unsafe.AsPointer(ref _memory[0]);
        Start = (T*)((start + FrameLayout.Alignment - 1) & -FrameLayout.Alignment);
        Length = length;
    }
}
