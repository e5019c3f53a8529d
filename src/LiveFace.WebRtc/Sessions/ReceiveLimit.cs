using LiveFace.WebRtc.Congestion;

namespace LiveFace.WebRtc.Sessions;

/// <summary>
/// What REMB tells the peer to keep to: the application's limit and, where the peer sends the times of its packets and
/// hears nothing of their arrivals, what they show of the path.
/// </summary>
internal sealed class ReceiveLimit(long maximum)
{
    private ReceiveSideEstimator? _estimator;

    /// <summary>In bits a second; null where REMB is not agreed or there is nothing to tell.</summary>
    public long? Current { get; private set; }

    /// <summary>Takes what offer and answer agreed on.</summary>
    public void Agree(bool remb, bool estimate)
    {
        _estimator = remb && estimate ? _estimator ?? new ReceiveSideEstimator() : null;
        Current = remb && maximum > 0 ? maximum : null;
    }

    /// <summary>Takes a packet's send time. True if the limit fell.</summary>
    public bool Add(uint sendTime, int size, TimeSpan roundTrip, TimeSpan now)
    {
        if (_estimator is not { } estimator)
            return false;
        var fell = estimator.Add(sendTime, size, roundTrip, now);
        Current = maximum > 0 ? Math.Min(maximum, estimator.Estimate) : estimator.Estimate;
        return fell;
    }
}
