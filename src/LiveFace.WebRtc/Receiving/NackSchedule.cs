namespace LiveFace.WebRtc.Receiving;

/// <summary>
/// Which packets are missing, when each is to be asked for (again), and for how long there is hope. The first request
/// goes out at once, unless the path has been seen to reorder: then it waits as long as packets are late there.
/// </summary>
internal sealed class NackSchedule
{
    public const int Capacity = 512;
    private const int MaxTries = 10;

    private static readonly TimeSpan MinRetry = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan MinMeasured = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MaxReordering = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan MinPatience = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan MaxPatience = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceWithoutNack = TimeSpan.FromMilliseconds(40);

    private readonly Missing[] _missing = new Missing[Capacity];
    private readonly bool _enabled;
    private TimeSpan _reordering;
    private bool _hasRtx;
    private int _count;

    public NackSchedule(bool enabled) => _enabled = enabled;

    public int Count => _count;

    /// <summary>A round trip read from the time between a first request and its answer.</summary>
    public TimeSpan? MeasuredRoundTrip { get; private set; }

    /// <summary>Takes a sequence number above all before; false when there are more than can be asked for.</summary>
    public bool TryAdd(long sequence, TimeSpan now)
    {
        if (_count == Capacity)
            return false;
        _missing[_count++] = new Missing { Sequence = sequence, Since = now };
        return true;
    }

    /// <summary>A packet has come, by itself or as a retransmission; true if it was missing.</summary>
    public bool Remove(long sequence, bool retransmitted, TimeSpan now)
    {
        var index = IndexOf(sequence);
        if (index < 0)
            return false;
        ref var entry = ref _missing[index];
        _hasRtx |= retransmitted;
        // A peer without RTX sends again what looks like the packet itself.
        retransmitted |= !_hasRtx && entry.Tries > 0;
        if (retransmitted && entry.Tries == 1 && now - entry.Asked >= MinMeasured)
            MeasuredRoundTrip = now - entry.Asked;
        if (retransmitted)
            _reordering *= 0.9;
        else
            _reordering = Min(MaxReordering, Max(_reordering, (now - entry.Since) * 1.25));
        _count--;
        Array.Copy(_missing, index + 1, _missing, index, _count - index);
        return true;
    }

    public void RemoveBelow(long sequence)
    {
        var keep = 0;
        while (keep < _count && _missing[keep].Sequence < sequence)
            keep++;
        _count -= keep;
        Array.Copy(_missing, keep, _missing, 0, _count);
    }

    public void Clear() => _count = 0;

    /// <summary>Gives the sequence numbers to ask for now, in rising order.</summary>
    public int TakeDue(TimeSpan now, TimeSpan roundTrip, Span<ushort> due)
    {
        var taken = 0;
        for (var i = 0; i < _count && taken < due.Length; i++)
        {
            ref var entry = ref _missing[i];
            if (DueAt(entry, roundTrip) > now)
                continue;
            entry.Tries++;
            entry.Asked = now;
            due[taken++] = (ushort)entry.Sequence;
        }

        return taken;
    }

    /// <summary>Until when the first missing packet is waited for; null when nothing is missing.</summary>
    public TimeSpan? GiveUpAt(TimeSpan roundTrip) => _count == 0 ? null : _missing[0].Since + Patience(roundTrip);

    /// <summary>When there is something to ask for or to give up.</summary>
    public TimeSpan NextDeadline(TimeSpan roundTrip)
    {
        if (_count == 0)
            return TimeSpan.MaxValue;
        var next = _missing[0].Since + Patience(roundTrip);
        for (var i = 0; i < _count; i++)
            next = Min(next, DueAt(_missing[i], roundTrip));
        return next;
    }

    // On a long path one answer is waited for: a key frame would take as long to come.
    private TimeSpan Patience(TimeSpan roundTrip) => !_enabled
        ? PatienceWithoutNack
        : Min(LongestPatience, Max(
            roundTrip * 1.3 + TimeSpan.FromMilliseconds(50),
            Max(MinPatience, Min(MaxPatience, roundTrip * 4 + TimeSpan.FromMilliseconds(100)))));

    private TimeSpan DueAt(in Missing entry, TimeSpan roundTrip) => entry.Tries switch
    {
        _ when !_enabled => TimeSpan.MaxValue,
        0 => entry.Since + _reordering,
        >= MaxTries => TimeSpan.MaxValue,
        _ => entry.Asked + Max(MinRetry, roundTrip * 1.1 + TimeSpan.FromMilliseconds(5)),
    };

    private int IndexOf(long sequence)
    {
        int low = 0, high = _count - 1;
        while (low <= high)
        {
            var middle = low + high >> 1;
            if (_missing[middle].Sequence == sequence)
                return middle;
            if (_missing[middle].Sequence < sequence)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private struct Missing
    {
        public long Sequence;
        public TimeSpan Since;
        public TimeSpan Asked;
        public int Tries;
    }
}
