namespace LiveFace.WebRtc.Transport;

/// <summary>
/// Wakes peers when their next deadline comes: one timer for all, set to the earliest. A peer moves its deadline by
/// asking again; entries that it moved away from are skipped when their time comes.
/// </summary>
internal sealed class PeerTimers : IDisposable
{
    static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(100);

    readonly Lock _lock = new();
    readonly PriorityQueue<ITimed, TimeSpan> _queue = new();
    readonly List<ITimed> _due = [];
    readonly Func<TimeSpan> _now;
    readonly Action<Exception> _failed;
    readonly ITimer _timer;
    TimeSpan _armed = TimeSpan.MaxValue;
    bool _running;
    bool _disposed;

    public PeerTimers(TimeProvider clock, Func<TimeSpan> now, Action<Exception> failed)
    {
        (_now, _failed) = (now, failed);
        _timer = clock == TimeProvider.System
            ? new TimerThread("webrtc timers", clock, Fire, failed)
            : clock.CreateTimer(static state => ((PeerTimers)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Asks for a call no later than this.</summary>
    public void WakeAt(ITimed peer, TimeSpan at)
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
    public void Forget(ITimed peer)
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

        try
        {
            var now = _now();
            Collect(now);
            foreach (var peer in _due)
                WakeAt(peer, Poll(peer, now));
        }
#pragma warning disable CA1031 // Without the timers no peer would send again, nor end.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _failed(error);
        }

        lock (_lock)
        {
            _running = false;
            _due.Clear();
            _armed = TimeSpan.MaxValue;
            if (!_disposed && _queue.TryPeek(out _, out var next))
                ArmSurely(next);
        }
    }

    /// <summary>One peer's failure is no other's.</summary>
    TimeSpan Poll(ITimed peer, TimeSpan now)
    {
        try
        {
            return peer.OnTimer(now);
        }
#pragma warning disable CA1031
        catch (Exception error)
#pragma warning restore CA1031
        {
            _failed(error);
            return now + AfterFailure;
        }
    }

    void ArmSurely(TimeSpan at)
    {
        try
        {
            Arm(at);
        }
#pragma warning disable CA1031 // A timer that is not set again is a timer lost.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _failed(error);
            _timer.Change(AfterFailure, Timeout.InfiniteTimeSpan);
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
        var wait = Math.Ceiling((at - _now()).TotalMilliseconds);
        _armed = at;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Clamp(wait, 0, 60_000)), Timeout.InfiniteTimeSpan);
    }
}
