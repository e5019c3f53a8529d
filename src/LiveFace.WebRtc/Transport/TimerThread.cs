namespace LiveFace.WebRtc.Transport;

/// <summary>
/// A timer with a thread of its own, set again for each call. The system's timers wake a thread that wakes others of the
/// pool; where something is due dozens of times a second that costs several times what this does.
/// </summary>
internal sealed class TimerThread : ITimer
{
    static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(100);

    readonly Lock _lock = new();
    readonly AutoResetEvent _changed = new(initialState: false);
    readonly string _name;
    readonly TimeProvider _clock;
    readonly Action _fire;
    readonly Action<Exception> _failed;
    TimeSpan _wait = Timeout.InfiniteTimeSpan;
    long _setAt;
    Thread? _thread;
    bool _disposed;

    public TimerThread(string name, TimeProvider clock, Action fire, Action<Exception> failed) =>
        (_name, _clock, _fire, _failed) = (name, clock, fire, failed);

    /// <summary>Sets the time to the next call; there is no period.</summary>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            if (_disposed)
                return false;
            (_setAt, _wait) = (_clock.GetTimestamp(), dueTime);
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = _name };
                _thread.Start();
            }
            else if (_thread != Thread.CurrentThread)
            {
                // The thread itself looks before it waits again.
                _changed.Set();
            }

            return true;
        }
    }

    /// <summary>A call that is under way is not waited for.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            if (_thread is null)
                _changed.Dispose();
            else
                _changed.Set();
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>An exception that left the thread would end the program.</summary>
    void Run()
    {
        var goesOn = true;
        while (goesOn)
        {
            try
            {
                goesOn = Step();
            }
#pragma warning disable CA1031 // As above.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _failed(error);
                _changed.WaitOne(AfterFailure);
            }
        }

        _changed.Dispose();
    }

    bool Step()
    {
        if (!TryTakeDue(out var left))
            return false;
        if (left == TimeSpan.Zero)
            _fire();
        else
            _changed.WaitOne(left);
        return true;
    }

    /// <summary>How long is left until the next call; nothing when it is due, and then it is no longer set.</summary>
    bool TryTakeDue(out TimeSpan left)
    {
        lock (_lock)
        {
            left = _wait;
            if (_wait != Timeout.InfiniteTimeSpan)
            {
                // Waits count whole milliseconds; rounding up keeps one from ending just before its time.
                var milliseconds = Math.Ceiling((_wait - _clock.GetElapsedTime(_setAt)).TotalMilliseconds);
                left = TimeSpan.FromMilliseconds(Math.Max(0, milliseconds));
                if (left == TimeSpan.Zero)
                    _wait = Timeout.InfiniteTimeSpan;
            }

            return !_disposed;
        }
    }
}
