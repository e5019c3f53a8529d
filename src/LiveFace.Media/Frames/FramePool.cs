using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace LiveFace.Media.Frames;

/// <summary>
/// Lends frames in native memory and takes them back. Blocks are kept by size, so a stream of one size allocates
/// nothing once it runs; what is kept idle is bounded, and the rest goes back to the system.
/// </summary>
public sealed unsafe class FramePool : IDisposable
{
    // Plain stacks under a lock that is held for a push or a pop: a concurrent stack makes a node for each push, and
    // the frame path makes no garbage.
    private readonly Dictionary<int, Stack<VideoFrame>> _idle = [];
    private readonly Lock _gate = new();
    private readonly long _maximumIdleBytes;
    private long _idleBytes;
    private readonly VideoFrame? _only;
    private int _outstanding;
    private volatile bool _disposed;

    /// <summary>Makes a pool that keeps at most this many idle bytes.</summary>
    public FramePool(long maximumIdleBytes = 256L << 20) => _maximumIdleBytes = maximumIdleBytes;

    private FramePool(byte* memory, int bytes) => _only = new VideoFrame(this, memory, bytes);

    /// <summary>Frames that are lent out now. A test that ends with any has found a leak.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Bytes that are kept for the next frames.</summary>
    internal long IdleBytes => Interlocked.Read(ref _idleBytes);

    /// <summary>Lends a frame with one reference. Its pixels are whatever the last user left.</summary>
    public VideoFrame Rent(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FrameLayout.MaximumSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, FrameLayout.MaximumSide);
        ObjectDisposedException.ThrowIf(_disposed, this);

        var bytes = FrameLayout.Bytes(width, height);
        if (_only is { } only)
            return RentOnly(only, bytes, width, height);
        if (!TryPop(bytes, out var frame))
            frame = new VideoFrame(this, (byte*)NativeMemory.AlignedAlloc((nuint)bytes, FrameLayout.Alignment), bytes);

        Interlocked.Increment(ref _outstanding);
        frame.Open(width, height);
        return frame;
    }

    /// <summary>A pool of a single frame in memory that belongs to somebody else.</summary>
    internal static FramePool Over(byte* memory, int bytes) => new(memory, bytes);

    /// <summary>Lends a frame with the picture whose planes lie in other memory as they would in a frame.</summary>
    internal VideoFrame Copy(byte* planes, int width, int height)
    {
        var frame = Rent(width, height);
        var bytes = FrameLayout.Bytes(width, height);
        Buffer.MemoryCopy(planes, frame.Memory, frame.Capacity, bytes);
        return frame;
    }

    internal void Return(VideoFrame frame)
    {
        Interlocked.Decrement(ref _outstanding);
        if (frame != _only && !TryPush(frame))
            NativeMemory.AlignedFree(frame.Memory);
    }

    /// <summary>Frees what is idle; frames still lent are freed as they come back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var stack in _idle.Values)
                while (stack.TryPop(out var frame))
                    NativeMemory.AlignedFree(frame.Memory);
            _idle.Clear();
            _idleBytes = 0;
        }
    }

    private VideoFrame RentOnly(VideoFrame only, int bytes, int width, int height)
    {
        if (bytes > only.Capacity || Interlocked.CompareExchange(ref _outstanding, 1, 0) != 0)
            throw new InvalidOperationException("The place for one picture is taken, or too small for this one.");
        only.Open(width, height);
        return only;
    }

    private bool TryPop(int bytes, [NotNullWhen(true)] out VideoFrame? frame)
    {
        frame = null;
        lock (_gate)
        {
            if (!_idle.TryGetValue(bytes, out var stack) || !stack.TryPop(out frame))
                return false;
            _idleBytes -= bytes;
            return true;
        }
    }

    private bool TryPush(VideoFrame frame)
    {
        lock (_gate)
        {
            if (_disposed || !MakeRoom(frame.Capacity))
                return false;
            if (!_idle.TryGetValue(frame.Capacity, out var stack))
                _idle[frame.Capacity] = stack = new Stack<VideoFrame>();
            stack.Push(frame);
            _idleBytes += frame.Capacity;
            return true;
        }
    }

    /// <summary>
    /// Frees memory of other sizes when there is too much: the size that comes back now is in use, and those may no
    /// longer be.
    /// </summary>
    private bool MakeRoom(int bytes)
    {
        foreach (var (size, stack) in _idle)
        {
            while (size != bytes && _idleBytes + bytes > _maximumIdleBytes && stack.TryPop(out var frame))
            {
                NativeMemory.AlignedFree(frame.Memory);
                _idleBytes -= size;
            }
        }

        return _idleBytes + bytes <= _maximumIdleBytes;
    }
}
