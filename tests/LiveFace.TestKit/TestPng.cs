using System.Buffers.Binary;
using System.IO.Compression;

namespace LiveFace.TestKit;

/// <summary>PNG files made by the tests: one colour with transparency, and any chunk that somebody may have put in.</summary>
public static class TestPng
{
    public static byte[] Of(int width, int height, uint rgba, params (string Type, byte[] Data)[] more) => Of(width, height, (_, _) => rgba, more);

    /// <summary>The same with a colour for each pixel.</summary>
    public static byte[] Of(int width, int height, Func<int, int, uint> rgba, params (string Type, byte[] Data)[] more)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 6);

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + 4 * width];
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                    BinaryPrimitives.WriteUInt32BigEndian(row.AsSpan(1 + 4 * x), rgba(x, y));
                zlib.Write(row);
            }
        }

        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n\u001a\n"u8]);
        Chunk("IHDR", header);
        foreach (var (type, data) in more)
            Chunk(type, data);
        Chunk("IDAT", packed.ToArray());
        Chunk("IEND", []);
        return file.ToArray();

        void Chunk(string type, byte[] data)
        {
            var chunk = new byte[12 + data.Length];
            BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
            System.Text.Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
            data.CopyTo(chunk, 8);
            BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Checksum(chunk.AsSpan(4, 4 + data.Length)));
            file.Write(chunk);
        }
    }

    /// <summary>CRC-32 as PNG has it (PNG, third edition, annex D).</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) != 0 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1;
        }

        return ~sum;
    }
}
