namespace LiveFace.WebRtc.Ice;

/// <summary>FINGERPRINT: CRC-32 of the message up to it, xored with "STUN" (RFC 8489 14.7).</summary>
internal static class StunFingerprint
{
    const uint Mask = 0x5354_554E;
    const uint Polynomial = 0xEDB8_8320;

    static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> message)
    {
        var crc = uint.MaxValue;
        foreach (var octet in message)
            crc = Table[(byte)(crc ^ octet)] ^ (crc >> 8);
        return ~crc ^ Mask;
    }

    static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var entry = i;
            for (var bit = 0; bit < 8; bit++)
                entry = (entry & 1) != 0 ? (entry >> 1) ^ Polynomial : entry >> 1;
            table[i] = entry;
        }

        return table;
    }
}
