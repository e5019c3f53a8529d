namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>
/// Cuts one axis of a region into cells. Cells belong to the whole region, also to parts outside of the frame, so they
/// keep their place when a face leaves the picture; only those that can be seen are worked on.
/// </summary>
internal sealed class CellAxis
{
    private int[] _edges = [];

    /// <summary>Cells along the whole axis.</summary>
    public int Cells { get; private set; }

    /// <summary>The first cell of which something is visible.</summary>
    public int First { get; private set; }

    /// <summary>How many cells are visible, at least one.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Cuts <paramref name="length"/> chroma samples from <paramref name="start"/> on into cells; edges are kept
    /// relative to the first visible sample.
    /// </summary>
    public void Cut(int start, int length, int cells, int visible, int visibleLength)
    {
        Cells = Math.Clamp(cells, 1, length);
        if (_edges.Length <= Cells)
            _edges = new int[Math.Max(Cells + 1, 64)];
        First = Cells - 1;
        var last = 0;
        for (var i = 0; i <= Cells; i++)
        {
            _edges[i] = start + (int)((long)length * i / Cells) - visible;
            if (i == 0)
                continue;
            if (_edges[i] > 0)
                First = Math.Min(First, i - 1);
            if (_edges[i - 1] < visibleLength)
                last = Math.Max(last, i - 1);
        }

        Count = last - First + 1;
    }

    /// <summary>Cuts what is visible into cells and lays one more cell of <paramref name="margin"/> samples before and behind it.</summary>
    public void CutAround(int cells, int visibleLength, int margin)
    {
        var inner = Math.Clamp(cells, 1, visibleLength);
        Cells = Count = inner + 2;
        First = 0;
        if (_edges.Length <= Cells)
            _edges = new int[Math.Max(Cells + 1, 64)];
        _edges[0] = -margin;
        for (var i = 0; i <= inner; i++)
            _edges[i + 1] = (int)((long)visibleLength * i / inner);
        _edges[Cells] = visibleLength + margin;
    }

    /// <summary>The visible cell's length in chroma samples.</summary>
    public int Length(int visibleCell) => _edges[First + visibleCell + 1] - _edges[First + visibleCell];

    /// <summary>Where the visible cell begins in a plane, which may be before its first sample.</summary>
    public int Start(int visibleCell, bool luma) => _edges[First + visibleCell] << (luma ? 1 : 0);

    /// <summary>Where the visible cell ends in a plane, which may be past its last sample.</summary>
    public int End(int visibleCell, bool luma) => _edges[First + visibleCell + 1] << (luma ? 1 : 0);

    /// <summary>The samples of the visible cell that are inside a plane of this length.</summary>
    public (int From, int To) Clipped(int visibleCell, bool luma, int length)
    {
        var from = Math.Clamp(Start(visibleCell, luma), 0, length);
        return (from, Math.Clamp(End(visibleCell, luma), from, length));
    }
}
