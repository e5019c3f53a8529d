namespace LiveFace.WebRtc.Congestion;

/// <summary>
/// When to probe and how fast: at the start, again at once as long as probes find what they aim at, and every few
/// seconds while the target is below what is allowed. So a path that has become wider is used within seconds, where
/// growth by 8 % a second would take half a minute.
/// </summary>
internal sealed class ProbeSchedule(long max)
{
    private const double Found = 0.7;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(1);

    private int _ids;
    private TimeSpan _next = TimeSpan.MinValue;
    private bool _further;

    public ProbeCluster Cluster { get; } = new();

    /// <summary>Begins a probe when it is time for one.</summary>
    public void Poll(long target, TimeSpan lastDecrease, bool limitedBySource, TimeSpan now)
    {
        if (target >= max || now < _next)
            return;
        var first = _ids == 0;
        var calm = lastDecrease == TimeSpan.MinValue || now - lastDecrease >= Calm;
        if (!first && !_further && (!calm || limitedBySource))
            return;
        _next = now + Interval;
        _further = false;
        Cluster.Begin(++_ids, Math.Min(max, first ? target * 3 : target * 2));
    }

    /// <summary>Takes the result of the last probe.</summary>
    public void OnResult(long found, TimeSpan now)
    {
        if (found < Cluster.Rate * Found || now > _next - Interval + Answer)
            return;
        _further = true;
        _next = now;
    }
}
