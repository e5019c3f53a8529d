namespace LiveFace.Restoration.Drift;

/// <summary>The last values of one measure, as counts in the reference's bins; an old one goes for each that comes.</summary>
internal sealed class DriftWindow(ReferenceHistogram reference, int length)
{
    private readonly int[] _counts = new int[reference.Shares.Count];
    private readonly byte[] _bins = new byte[length];
    private long _added;

    public int Count => (int)Math.Min(_added, length);

    public void Add(double value)
    {
        var at = (int)(_added % length);
        if (_added >= length)
            _counts[_bins[at]]--;
        _counts[_bins[at] = (byte)reference.BinOf(value)]++;
        _added++;
    }

    /// <summary>The index of what is in the window; 0 while that is too little to say anything.</summary>
    public double Index(int least) => Count < least ? 0 : reference.IndexOf(_counts);
}
