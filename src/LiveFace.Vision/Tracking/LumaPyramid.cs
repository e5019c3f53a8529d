using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tracking;

/// <summary>
/// The brightness of one frame and of its halvings, in memory that is used again. It is a copy, because the frame
/// itself is redacted in place as soon as the tracker has looked at it.
/// </summary>
internal sealed class LumaPyramid
{
    public const int Levels = 6;

    // A picture larger than this is followed from its first halving on; finer motion than that hides nothing.
    private const int MaximumPixelsKept = 1280 * 720;

    private readonly byte[][] _planes = new byte[Levels][];
    private readonly int[] _widths = new int[Levels];
    private readonly int[] _heights = new int[Levels];

    public LumaPyramid() => Array.Fill(_planes, []);

    /// <summary>The finest level that is kept.</summary>
    public int First { get; private set; }

    /// <summary>The coarsest level that is kept.</summary>
    public int Last { get; private set; }

    public bool IsEmpty { get; private set; } = true;

    public int FrameWidth { get; private set; }

    public int FrameHeight { get; private set; }

    public int Width(int level) => _widths[level];

    public int Height(int level) => _heights[level];

    public ReadOnlySpan<byte> Plane(int level) => _planes[level].AsSpan(0, _widths[level] * _heights[level]);

    /// <summary>The level whose width is nearest to, and where possible not over, this one.</summary>
    public int LevelOfWidth(int width)
    {
        var level = First;
        while (level < Last && _widths[level] > width)
            level++;
        return level;
    }

    public void Read(VideoFrame frame)
    {
        FrameWidth = frame.Width;
        FrameHeight = frame.Height;
        First = frame.Width * frame.Height > MaximumPixelsKept ? 1 : 0;
        if (First == 0)
        {
            Open(0, frame.Width, frame.Height);
            for (var row = 0; row < frame.Height; row++)
                frame.RowY(row).CopyTo(_planes[0].AsSpan(row * frame.Width, frame.Width));
        }
        else
        {
            Open(1, frame.Width / 2, frame.Height / 2);
            for (var row = 0; row < _heights[1]; row++)
                Halve(frame.RowY(2 * row), frame.RowY(2 * row + 1),
                    _planes[1].AsSpan(row * _widths[1], _widths[1]));
        }

        Last = First;
        for (var level = First + 1; level < Levels; level++)
        {
            var width = _widths[level - 1] / 2;
            var height = _heights[level - 1] / 2;
            if (width < 16 || height < 12)
                break;
            Open(level, width, height);
            var from = Plane(level - 1);
            var stride = _widths[level - 1];
            for (var row = 0; row < height; row++)
                Halve(from.Slice(2 * row * stride, 2 * width), from.Slice((2 * row + 1) * stride, 2 * width),
                    _planes[level].AsSpan(row * width, width));
            Last = level;
        }

        IsEmpty = false;
    }

    public void Clear() => IsEmpty = true;

    private void Open(int level, int width, int height)
    {
        _widths[level] = width;
        _heights[level] = height;
        if (_planes[level].Length < width * height)
            _planes[level] = new byte[width * height];
    }

    private static void Halve(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> to)
    {
        ref var a = ref MemoryMarshal.GetReference(upper);
        ref var b = ref MemoryMarshal.GetReference(lower);
        ref var o = ref MemoryMarshal.GetReference(to);
        var x = 0;
        var low = Vector128.Create((ushort)0x00FF);
        var two = Vector128.Create((ushort)2);
        for (; x + 16 <= to.Length; x += 16)
        {
            var first = Quarter(
                Vector128.LoadUnsafe(ref a, (nuint)(2 * x)), Vector128.LoadUnsafe(ref b, (nuint)(2 * x)), low, two);
            var second = Quarter(
                Vector128.LoadUnsafe(ref a, (nuint)(2 * x + 16)), Vector128.LoadUnsafe(ref b, (nuint)(2 * x + 16)),
                low, two);
            Vector128.Narrow(first, second).StoreUnsafe(ref o, (nuint)x);
        }

        for (; x < to.Length; x++)
            to[x] = (byte)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) >> 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Quarter(
        Vector128<byte> upper, Vector128<byte> lower, Vector128<ushort> low, Vector128<ushort> two)
    {
        var u = upper.AsUInt16();
        var l = lower.AsUInt16();
        return ((u & low) + (u >> 8) + (l & low) + (l >> 8) + two) >> 2;
    }
}
