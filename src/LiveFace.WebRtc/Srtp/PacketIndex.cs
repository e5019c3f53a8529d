namespace LiveFace.WebRtc.Srtp;

/// <summary>The 48-bit packet index out of a 16-bit sequence number (RFC 3711 3.3.1 and appendix A).</summary>
internal static class PacketIndex
{
    /// <summary>The index nearest to the highest so far that ends in this sequence number.</summary>
    public static ulong Estimate(ulong highest, ushort sequence)
    {
        var rollover = highest >> 16;
        var last = (int)(highest & 0xFFFF);
        if (last < 0x8000)
        {
            if (sequence - last > 0x8000 && rollover > 0)
                rollover--;
        }
        else if (last - 0x8000 > sequence)
        {
            rollover++;
        }

        return (rollover << 16) | sequence;
    }
}
