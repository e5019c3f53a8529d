namespace LiveFace.WebRtc.Transport;

/// <summary>
/// Wakes peers when their next deadline comes: one timer for all, set to the earliest. A peer moves its deadline by
/// asking again; entries that it moved away from are skipped when their time comes.
/// </summary>
internal sealed class PeerTimers : IDisposable
{
    readonly Lock _lock = new();
    readonly PriorityQueue<RtcPeer, TimeSpan> _queue = new();
    readonly List<RtcPeer> _due = [];
    readonly Func<TimeSpan> _now;
    readonly ITimer _timer;
    TimeSpan _armed = TimeSpan.MaxValue;
    bool _running;
    bool _disposed;

    public PeerTimers(TimeProvider clock, Func<TimeSpan> now)
    {
        _now = now;
        _timer = clock == TimeProvider.System
            ? new TimerThread("webrtc timers", clock, Fire)
            : clock.CreateTimer(static state => ((PeerTimers)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Asks for a call no later than this.</summary>
    public void WakeAt(RtcPeer peer, TimeSpan at)
    {
        if (at >= peer.WakesAt)
            return;

        lock (_lock)
        {
            if (_disposed || at >= peer.WakesAt)
                return;
            peer.WakesAt = at;
            _queue.Enqueue(peer, at);
            if (!_running && at < _armed)
                Arm(at);
        }
    }

    /// <summary>Forgets a peer that is over.</summary>
    public void Forget(RtcPeer peer)
    {
        lock (_lock)
        {
            while (_queue.Remove(peer, out _, out _))
            {
                // Entries that it moved away from go too.
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _queue.Clear();
        }

        _timer.Dispose();
    }

    void Fire()
    {
        lock (_lock)
        {
            if (_running || _disposed)
                return;
            _running = true;
        }

        var now = _now();
        Collect(now);
        foreach (var peer in _due)
            WakeAt(peer, peer.OnTimer(now));

        lock (_lock)
        {
            _running = false;
            _due.Clear();
            _armed = TimeSpan.MaxValue;
            if (!_disposed && _queue.TryPeek(out _, out var next))
                Arm(next);
        }
    }

    void Collect(TimeSpan now)
    {
        lock (_lock)
        {
            while (_queue.TryPeek(out var peer, out var at) && at <= now)
            {
                _queue.Dequeue();
                if (peer.WakesAt != at)
                    continue;
                peer.WakesAt = TimeSpan.MaxValue;
                _due.Add(peer);
            }
        }
    }

    /// <summary>Timers count whole milliseconds; rounding up keeps one from firing just before its time.</summary>
    void Arm(TimeSpan at)
    {
        _armed = at;
        var wait = Math.Ceiling((at - _now()).TotalMilliseconds);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Clamp(wait, 0, 60_000)), Timeout.InfiniteTimeSpan);
    }
}
