using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Sending;

/// <summary>
/// The packets of one source: those that wait to be sent, in order, and behind them those that were, kept for a second
/// in case they are asked for again. Bounded in number and in time; buffers come from the session's pool.
/// </summary>
internal sealed class PacketHistory(PacketBufferPool pool, long firstSequence)
{
    public const int Capacity = 1024;

    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(1);

    private readonly StoredPacket[] _packets = new StoredPacket[Capacity];
    private long _oldest = firstSequence;
    private long _nextToSend = firstSequence;
    private long _next = firstSequence;

    public long NextToSend => _nextToSend;

    public long Next => _next;

    public bool HasWaiting => _nextToSend < _next;

    /// <summary>Bytes of payload that wait.</summary>
    public long WaitingBytes { get; private set; }

    /// <summary>How many packets can be added before one that waits would have to go.</summary>
    public int Room => Capacity - (int)(_next - _nextToSend);

    /// <summary>Where the next payload is written, before <see cref="Commit"/>.</summary>
    public Span<byte> Reserve()
    {
        if (_next - _oldest == Capacity)
            RemoveOldest();
        ref var packet = ref this[_next];
        packet.Buffer ??= pool.Rent();
        return packet.Buffer;
    }

    public void Commit(in StoredPacket fields, int length)
    {
        ref var packet = ref this[_next++];
        var buffer = packet.Buffer;
        packet = fields;
        packet.Buffer = buffer;
        packet.Length = length;
        WaitingBytes += length;
    }

    /// <summary>The packet that is to be sent next; it counts as sent.</summary>
    public ref StoredPacket TakeNext(TimeSpan now)
    {
        ref var packet = ref this[_nextToSend++];
        packet.Sent = now;
        packet.SentAgain = TimeSpan.MinValue;
        WaitingBytes -= packet.Length;
        return ref packet;
    }

    /// <summary>Whether a packet was sent and is still kept.</summary>
    public bool Holds(long sequence) => sequence >= _oldest && sequence < _nextToSend;

    public ref StoredPacket this[long sequence] => ref _packets[sequence & (Capacity - 1)];

    /// <summary>
    /// Takes back the frames of which no packet has left, so that a newer one need not wait behind them; gives how
    /// many.
    /// </summary>
    public int DropUnsentFrames()
    {
        var keep = _nextToSend;
        if (keep > _oldest && !this[keep - 1].Marker)
        {
            while (keep < _next && !this[keep].Marker)
                keep++;
            keep = Math.Min(_next, keep + 1);
        }

        return TakeBack(keep);
    }

    /// <summary>Takes back everything from one packet on; gives how many frames that were.</summary>
    public int TakeBack(long from)
    {
        var frames = 0;
        while (_next > from)
        {
            ref var packet = ref this[--_next];
            WaitingBytes -= packet.Length;
            frames += packet.Marker ? 1 : 0;
        }

        return frames;
    }

    /// <summary>Lets go of what is too old to be worth sending again.</summary>
    public void Trim(TimeSpan now)
    {
        while (_oldest < _nextToSend && now - this[_oldest].Sent > Keep)
            RemoveOldest();
    }

    /// <summary>Puts back every buffer; the source is gone.</summary>
    public void Release()
    {
        for (var i = 0; i < Capacity; i++)
            Release(ref _packets[i]);
        _oldest = _nextToSend = _next;
        WaitingBytes = 0;
    }

    private void RemoveOldest()
    {
        Release(ref this[_oldest++]);
    }

    private void Release(ref StoredPacket packet)
    {
        if (packet.Buffer is null)
            return;
        pool.Return(packet.Buffer);
        packet.Buffer = null;
    }
}
