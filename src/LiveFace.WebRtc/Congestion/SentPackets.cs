using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Congestion;

/// <summary>When each packet left and how large it was, by transport-wide sequence number.</summary>
internal sealed class SentPackets
{
    private const int Capacity = 2048;

    private readonly Entry[] _entries = new Entry[Capacity];
    private SequenceUnwrapper _acknowledged;
    private long _next = 0x1_0000;

    /// <summary>The number that the next packet carries.</summary>
    public ushort NextSequence => (ushort)_next;

    public bool Any => _next > 0x1_0000;

    public void Add(int size, int probe, TimeSpan now)
    {
        _entries[_next & (Capacity - 1)] = new Entry { Sequence = _next, Size = size, Probe = probe, Sent = now };
        _acknowledged.Unwrap((ushort)_next);
        _next++;
    }

    /// <summary>Gives a packet the first time that feedback tells of it as received.</summary>
    public bool TryTake(ushort sequence, out TimeSpan sent, out int size, out int probe, out bool wasMissing)
    {
        ref var entry = ref Find(sequence, out var found);
        sent = entry.Sent;
        size = entry.Size;
        probe = entry.Probe;
        wasMissing = entry.Missing;
        if (!found || entry.Taken)
            return false;
        entry.Taken = true;
        return true;
    }

    /// <summary>True the first time that feedback tells of a packet as missing; feedback may tell it again.</summary>
    public bool TryMarkMissing(ushort sequence)
    {
        ref var entry = ref Find(sequence, out var found);
        if (!found || entry.Taken || entry.Missing)
            return false;
        entry.Missing = true;
        return true;
    }

    private ref Entry Find(ushort sequence, out bool found)
    {
        var unwrapped = _acknowledged.Peek(sequence);
        ref var entry = ref _entries[unwrapped & (Capacity - 1)];
        found = entry.Sequence == unwrapped && unwrapped < _next;
        return ref entry;
    }

    private struct Entry
    {
        public long Sequence;
        public TimeSpan Sent;
        public int Size;
        public int Probe;
        public bool Taken;
        public bool Missing;
    }
}
