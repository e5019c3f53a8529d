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

    // Smaller levels show nothing.
    private const int LeastWidth = 16;
    private const int LeastHeight = 12;

    private const int Slack = 32;

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

    /// <summary>The same, with what lies behind it: a whole vector can be read from any pixel on.</summary>
    public ReadOnlySpan<byte> Readable(int level) => _planes[level].AsSpan(0, _widths[level] * _heights[level] + Slack);

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
            Open(0, frame.Width, frame.Height);
        Open(1, frame.Width / 2, frame.Height / 2);
        // Both levels at once: the frame's rows are in the nearest cache then.
        for (var row = 0; row < frame.Height; row++)
        {
            if (First == 0)
                frame.RowY(row).CopyTo(Row(0, row));
            if (row % 2 == 1)
                PlaneHalving.Row(frame.RowY(row - 1), frame.RowY(row), Row(1, row / 2));
        }

        Last = First;
        for (var level = First + 1; level < Levels; level++)
        {
            var width = _widths[level - 1] / 2;
            var height = _heights[level - 1] / 2;
            if (width < LeastWidth || height < LeastHeight)
                break;
            Last = level;
            if (level == 1)
                continue;
            Open(level, width, height);
            for (var row = 0; row < height; row++)
                PlaneHalving.Row(Row(level - 1, 2 * row), Row(level - 1, 2 * row + 1), Row(level, row));
        }

        IsEmpty = false;
    }

    public void Clear() => IsEmpty = true;

    private void Open(int level, int width, int height)
    {
        _widths[level] = width;
        _heights[level] = height;
        if (_planes[level].Length < width * height + Slack)
            _planes[level] = new byte[width * height + Slack];
    }

    private Span<byte> Row(int level, int row) => _planes[level].AsSpan(row * _widths[level], _widths[level]);
}
