namespace LiveFace.Telemetry;

/// <summary>The numbers of one set of labels.</summary>
internal sealed class MetricSeries
{
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly long[] _buckets;
    private double _value;

    public MetricSeries(ReadOnlySpan<KeyValuePair<string, object?>> tags, int bounds)
    {
        _tags = tags.ToArray();
        _buckets = bounds == 0 ? [] : new long[bounds + 1];
    }

    public IReadOnlyList<KeyValuePair<string, object?>> Tags => _tags;

    /// <summary>The sum of a counter or histogram, or the value of a gauge.</summary>
    public double Value => Volatile.Read(ref _value);

    /// <summary>Counts per bucket, not added up; the last is for what lies over every bound.</summary>
    public long[] ReadBuckets()
    {
        var copy = new long[_buckets.Length];
        for (var i = 0; i < copy.Length; i++)
            copy[i] = Interlocked.Read(ref _buckets[i]);
        return copy;
    }

    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length != _tags.Length)
            return false;
        for (var i = 0; i < tags.Length; i++)
            if (tags[i].Key != _tags[i].Key || !Equals(tags[i].Value, _tags[i].Value))
                return false;
        return true;
    }

    public void Set(double value) => Volatile.Write(ref _value, value);

    public void Add(double value)
    {
        double seen, next;
        do
        {
            seen = Volatile.Read(ref _value);
            next = seen + value;
        }
        while (BitConverter.DoubleToInt64Bits(Interlocked.CompareExchange(ref _value, next, seen))
            != BitConverter.DoubleToInt64Bits(seen));
    }

    public void Observe(double value, double[] bounds)
    {
        var bucket = Array.BinarySearch(bounds, value);
        Interlocked.Increment(ref _buckets[bucket < 0 ? ~bucket : bucket]);
        Add(value);
    }
}
