namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>One direction of a simulated network: decides when each packet arrives, if it does.</summary>
internal sealed class SimulatedLink(LinkConditions conditions, Random random)
{
    // UDP, IPv4 and the SRTP tag.
    private const int Overhead = 44;

    private TimeSpan _free;
    private TimeSpan _lastArrival;

    public LinkConditions Conditions => conditions;

    public int Lost { get; private set; }

    public int Carried { get; private set; }

    public long CarriedBytes { get; private set; }

    /// <summary>How long the last packet waited for its turn.</summary>
    public TimeSpan QueueDelay { get; private set; }

    public IEnumerable<TimeSpan> Arrivals(int size, TimeSpan now)
    {
        if (conditions.Bandwidth > 0)
        {
            var begin = AfterStall(_free > now ? _free : now);
            QueueDelay = begin - now;
            if (QueueDelay > conditions.MaxQueue)
            {
                Lost++;
                yield break;
            }

            _free = begin + TimeSpan.FromSeconds((size + Overhead) * 8.0 / conditions.Bandwidth);
            now = _free;
        }
        else
        {
            QueueDelay = TimeSpan.Zero;
            now = AfterStall(now);
        }

        if (random.NextDouble() < conditions.Loss)
        {
            Lost++;
            yield break;
        }

        Carried++;
        CarriedBytes += size;
        var arrival = now + conditions.Delay + conditions.Jitter * random.NextDouble();
        if (random.NextDouble() < conditions.Reordering)
            yield return arrival + conditions.ReorderingDelay;
        else
            yield return _lastArrival = arrival > _lastArrival ? arrival : _lastArrival;
        if (random.NextDouble() < conditions.Duplication)
            yield return arrival + conditions.Jitter + TimeSpan.FromMilliseconds(1);
    }

    private TimeSpan AfterStall(TimeSpan at)
    {
        var into = TimeSpan.FromTicks(at.Ticks % conditions.StallEvery.Ticks);
        return into < conditions.Stall ? at - into + conditions.Stall : at;
    }
}
