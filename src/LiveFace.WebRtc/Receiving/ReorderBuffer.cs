using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Receiving;

/// <summary>
/// Holds the packets that came ahead of a missing one, by sequence number. Packets in order never pass through it.
/// </summary>
internal sealed class ReorderBuffer(PacketBufferPool pool)
{
    /// <summary>How far ahead a packet may be.</summary>
    public const int Capacity = 1024;

    private readonly Slot[] _slots = new Slot[Capacity];

    public int Count { get; private set; }

    /// <summary>Copies a packet in; false if it is there already or too large to be real.</summary>
    public bool TryAdd(long sequence, in PacketTraits traits, ReadOnlySpan<byte> payload)
    {
        ref var slot = ref _slots[sequence & (Capacity - 1)];
        if (slot.Buffer is not null || payload.Length > PacketBufferPool.BufferSize)
            return false;
        slot.Buffer = pool.Rent();
        payload.CopyTo(slot.Buffer);
        slot.Length = payload.Length;
        slot.Sequence = sequence;
        slot.Traits = traits;
        Count++;
        return true;
    }

    public bool TryPeek(long sequence, out PacketTraits traits, out ReadOnlySpan<byte> payload)
    {
        ref var slot = ref _slots[sequence & (Capacity - 1)];
        if (slot.Buffer is null || slot.Sequence != sequence)
        {
            traits = default;
            payload = default;
            return false;
        }

        traits = slot.Traits;
        payload = slot.Buffer.AsSpan(0, slot.Length);
        return true;
    }

    public void Remove(long sequence)
    {
        ref var slot = ref _slots[sequence & (Capacity - 1)];
        if (slot.Buffer is null || slot.Sequence != sequence)
            return;
        pool.Return(slot.Buffer);
        slot.Buffer = null;
        Count--;
    }

    public void Clear()
    {
        for (var i = 0; i < Capacity && Count > 0; i++)
            Remove(_slots[i].Sequence);
    }

    private struct Slot
    {
        public byte[]? Buffer;
        public int Length;
        public long Sequence;
        public PacketTraits Traits;
    }
}
