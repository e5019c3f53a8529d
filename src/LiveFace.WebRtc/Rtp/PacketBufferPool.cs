namespace LiveFace.WebRtc.Rtp;

/// <summary>
/// The packet buffers of one session. They are made as they are needed and then used again, so that memory follows
/// what a session really holds and steady traffic allocates nothing.
/// </summary>
internal sealed class PacketBufferPool
{
    /// <summary>Holds any packet that fits an Ethernet frame, with what an assembler adds.</summary>
    public const int BufferSize = 1536;

    private const int MaxKept = 1024;

    private readonly byte[][] _free = new byte[MaxKept][];
    private int _count;

    /// <summary>Buffers that are lent.</summary>
    public int Lent { get; private set; }

    public byte[] Rent()
    {
        Lent++;
        return _count > 0 ? _free[--_count] : GC.AllocateUninitializedArray<byte>(BufferSize);
    }

    public void Return(byte[] buffer)
    {
        Lent--;
        if (_count < MaxKept)
            _free[_count++] = buffer;
    }
}
