namespace LiveFace.Redaction.Masks;

/// <summary>
/// The regions of one frame, in the order in which they are painted. Their number is bounded; a frame that needs more
/// is <see cref="Overflowed"/>, and whoever paints covers all of it.
/// </summary>
internal sealed class MaskRegions
{
    private readonly MaskRegion[] _regions = new MaskRegion[2048];

    public int Count { get; private set; }

    public bool Overflowed { get; private set; }

    public ReadOnlySpan<MaskRegion> All => _regions.AsSpan(0, Count);

    public void Clear()
    {
        Count = 0;
        Overflowed = false;
    }

    public void Add(in MaskRegion region)
    {
        if (Count == _regions.Length)
            Overflowed = true;
        else
            _regions[Count++] = region;
    }
}
