namespace LiveFace.Media.Ffmpeg.Nut;

/// <summary>NUT's CRC-32: polynomial 0x04C11DB7, highest bit first, starting at zero.</summary>
internal static class NutChecksum
{
    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> data)
    {
        uint crc = 0;
        foreach (var value in data)
            crc = crc << 8 ^ Table[(crc >> 24) ^ value];
        return crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            var crc = i << 24;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 0x80000000) != 0 ? crc << 1 ^ 0x04C11DB7 : crc << 1;
            table[i] = crc;
        }

        return table;
    }
}
