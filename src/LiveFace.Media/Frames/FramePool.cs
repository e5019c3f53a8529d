using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace LiveFace.Media.Frames;

/// <summary>
/// Lends frames in native memory and takes them back. Blocks are kept by size, so a stream of one size allocates
/// nothing once it runs; what is kept idle is bounded, and the rest goes back to the system.
/// </summary>
public sealed unsafe class FramePool : IDisposable
{
    private readonly ConcurrentDictionary<int, ConcurrentStack<VideoFrame>> _idle = new();
    private readonly long _maximumIdleBytes;
    private long _idleBytes;
    private int _outstanding;
    private volatile bool _disposed;

    /// <summary>Makes a pool that keeps at most this many idle bytes.</summary>
    public FramePool(long maximumIdleBytes = 256L << 20) => _maximumIdleBytes = maximumIdleBytes;

    /// <summary>Frames that are lent out now. A test that ends with any has found a leak.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Bytes that are kept for the next frames.</summary>
    public long IdleBytes => Interlocked.Read(ref _idleBytes);

    /// <summary>Lends a frame with one reference. Its pixels are whatever the last user left.</summary>
    public VideoFrame Rent(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FrameLayout.MaximumSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, FrameLayout.MaximumSide);
        ObjectDisposedException.ThrowIf(_disposed, this);

        var bytes = FrameLayout.Bytes(width, height);
        if (_idle.TryGetValue(bytes, out var stack) && stack.TryPop(out var frame))
            Interlocked.Add(ref _idleBytes, -bytes);
        else
            frame = new VideoFrame(this, (byte*)NativeMemory.AlignedAlloc((nuint)bytes, FrameLayout.Alignment), bytes);

        Interlocked.Increment(ref _outstanding);
        frame.Open(width, height);
        return frame;
    }

    internal void Return(VideoFrame frame)
    {
        Interlocked.Decrement(ref _outstanding);
        if (!_disposed && Interlocked.Add(ref _idleBytes, frame.Capacity) <= _maximumIdleBytes)
        {
            _idle.GetOrAdd(frame.Capacity, static _ => new ConcurrentStack<VideoFrame>()).Push(frame);
            return;
        }

        if (!_disposed)
            Interlocked.Add(ref _idleBytes, -frame.Capacity);
        NativeMemory.AlignedFree(frame.Memory);
    }

    /// <summary>Frees what is idle; frames still lent are freed as they come back.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (var stack in _idle.Values)
            while (stack.TryPop(out var frame))
                NativeMemory.AlignedFree(frame.Memory);
        _idle.Clear();
    }
}
