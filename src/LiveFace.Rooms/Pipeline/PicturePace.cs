namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// How many pictures a second a room shows, for its encoders, which spread their bits by it: one that is told of half the
/// pictures sends twice the bits. It follows the times between pictures, and a pause is no pace. Times are inputs.
/// </summary>
internal sealed class PicturePace(double most)
{
    private const double Usual = 30;
    private const double Least = 5;
    private const double Smoothing = 1 / 32.0;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private TimeSpan? _last;
    private double _interval = 1 / Usual;

    public double PerSecond => Math.Clamp(1 / _interval, Least, most);

    /// <summary>A picture is shown.</summary>
    public void Shown(TimeSpan now)
    {
        if (_last is { } last && now > last && now - last < Pause)
            _interval += ((now - last).TotalSeconds - _interval) * Smoothing;
        _last = now;
    }
}
