using LiveFace.WebRtc.Congestion;

namespace LiveFace.WebRtc.Sending;

/// <summary>Lets the video sources of a session send, in turn, as pacer and probes allow.</summary>
internal sealed class SendQueue(Pacer pacer, BandwidthEstimator bandwidth)
{
    private static readonly TimeSpan Housekeeping = TimeSpan.FromMilliseconds(250);

    private VideoSender[] _senders = [];
    private int _turn;
    private TimeSpan _trimmed;

    public void SetSenders(VideoSender[] senders) => _senders = senders;

    public void Pump(TimeSpan now)
    {
        if (_senders.Length == 0)
            return;
        if (now - _trimmed > Housekeeping)
        {
            _trimmed = now;
            foreach (var sender in _senders)
                sender.Trim(now);
        }

        long waiting = 0;
        foreach (var sender in _senders)
            waiting += sender.WaitingBytes;
        pacer.SetWaiting(waiting, now);
        SendProbe(now);
        while (bandwidth.Probe is null && pacer.MaySend(now) && NextWithWork() is { } sender)
            pacer.OnSent(sender.SendNext(isProbe: false, now));
    }

    public TimeSpan NextDeadline(TimeSpan now)
    {
        if (_senders.Length == 0)
            return TimeSpan.MaxValue;
        if (bandwidth.Probe is { } probe)
            return probe.NextSend(now);
        foreach (var sender in _senders)
        {
            if (sender.HasWork)
                return pacer.NextSend(now);
        }

        return bandwidth.NextDeadline;
    }

    // A burst is made of what waits, and of packets sent once more where that is not enough.
    private void SendProbe(TimeSpan now)
    {
        while (bandwidth.Probe is { } probe && probe.NextSend(now) <= now)
        {
            var size = NextWithWork() is { } sender ? sender.SendNext(isProbe: true, now) : SendFiller(now);
            if (size == 0)
                probe.Abort();
            else
                pacer.OnSent(size);
        }
    }

    private int SendFiller(TimeSpan now)
    {
        foreach (var sender in _senders)
        {
            if (sender.CanProbe)
                return sender.SendFiller(now);
        }

        return 0;
    }

    private VideoSender? NextWithWork()
    {
        for (var i = 0; i < _senders.Length; i++)
        {
            _turn = (_turn + 1) % _senders.Length;
            if (_senders[_turn].HasWork)
                return _senders[_turn];
        }

        return null;
    }
}
