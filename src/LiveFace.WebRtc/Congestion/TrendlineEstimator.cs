namespace LiveFace.WebRtc.Congestion;

/// <summary>
/// How fast the one-way delay grows: the slope of a line through the last smoothed delays. A queue that fills has a
/// slope above zero, one that drains below.
/// </summary>
internal sealed class TrendlineEstimator
{
    private const int Window = 20;

    // Fewer points make a less certain slope, which the detector weighs by their count; a path that is far too narrow
    // shows in a few frames.
    private const int MinPoints = 6;
    private const double Smoothing = 0.9;

    private readonly double[] _times = new double[Window];
    private readonly double[] _delays = new double[Window];
    private TimeSpan _first;
    private double _accumulated;
    private double _smoothed;
    private int _next;

    /// <summary>Groups seen so far, up to where they stop making the slope more certain.</summary>
    public int Count { get; private set; }

    /// <summary>Milliseconds of delay per millisecond of time.</summary>
    public double Slope { get; private set; }

    public void Add(TimeSpan sentDelta, TimeSpan arrivedDelta, TimeSpan arrived)
    {
        if (Count == 0)
            _first = arrived;
        Count = Math.Min(Count + 1, 1000);
        _accumulated += (arrivedDelta - sentDelta).TotalMilliseconds;
        _smoothed = Smoothing * _smoothed + (1 - Smoothing) * _accumulated;
        _times[_next] = (arrived - _first).TotalMilliseconds;
        _delays[_next] = _smoothed;
        _next = (_next + 1) % Window;
        if (Count >= MinPoints)
            Slope = Fit(Math.Min(Count, Window)) ?? Slope;
    }

    private double? Fit(int points)
    {
        double sumTime = 0, sumDelay = 0;
        for (var i = 0; i < points; i++)
        {
            sumTime += _times[i];
            sumDelay += _delays[i];
        }

        double meanTime = sumTime / points, meanDelay = sumDelay / points, numerator = 0, denominator = 0;
        for (var i = 0; i < points; i++)
        {
            var time = _times[i] - meanTime;
            numerator += time * (_delays[i] - meanDelay);
            denominator += time * time;
        }

        return denominator == 0 ? null : numerator / denominator;
    }
}
