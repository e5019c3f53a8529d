namespace LiveFace.Restoration.Drift;

/// <summary>
/// How a measure was spread when the net was judged: bins between edges, and which part of the values fell into each. What lies
/// outside counts to the first or the last.
/// </summary>
public sealed record ReferenceHistogram
{
    // A bin that the reference never saw is no reason for an index without end.
    private const double LeastShare = 0.0001;

    /// <summary>Takes edges that only rise, and a share for each bin between them.</summary>
    /// <exception cref="InvalidDataException">They are not so.</exception>
    public ReferenceHistogram(IReadOnlyList<double> edges, IReadOnlyList<double> shares)
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(shares);
        if (edges.Count < 2 || shares.Count != edges.Count - 1)
            throw new InvalidDataException("has to have one share fewer than edges, and one at least");
        for (var i = 1; i < edges.Count; i++)
            if (!(edges[i] > edges[i - 1]) || !double.IsFinite(edges[i]) || !double.IsFinite(edges[i - 1]))
                throw new InvalidDataException("has to have edges that rise");
        if (shares.Any(share => !(share >= 0 && share <= 1)) || Math.Abs(shares.Sum() - 1) > 0.01)
            throw new InvalidDataException("has to have shares from 0 to 1 that add up to 1");
        Edges = [.. edges];
        Shares = [.. shares];
    }

    /// <summary>Where bins begin and end.</summary>
    public IReadOnlyList<double> Edges { get; }

    /// <summary>Which part of the values fell into each bin.</summary>
    public IReadOnlyList<double> Shares { get; }

    /// <summary>The bin of a value: the last whose first edge is not above it.</summary>
    public int BinOf(double value)
    {
        var bin = 0;
        while (bin + 1 < Shares.Count && value >= Edges[bin + 1])
            bin++;
        return bin;
    }

    /// <summary>
    /// The population stability index of counts against this: the sum over bins of (p − q) · ln(p / q). 0 where both are spread alike;
    /// by custom little has changed below 0.1, and much above 0.25.
    /// </summary>
    public double IndexOf(IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var all = (double)counts.Sum();
        var index = 0.0;
        for (var bin = 0; bin < Shares.Count; bin++)
        {
            var (now, then) = (Math.Max(counts[bin] / all, LeastShare), Math.Max(Shares[bin], LeastShare));
            index += (now - then) * Math.Log(now / then);
        }

        return index;
    }
}
