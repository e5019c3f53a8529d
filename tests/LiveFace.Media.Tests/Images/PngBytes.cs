using System.Buffers.Binary;

namespace LiveFace.Media.Tests.Images;

/// <summary>PNG files written chunk by chunk, so that they can be wrong in any place.</summary>
internal static class PngBytes
{
    public static byte[] Chunk(string type, byte[] body)
    {
        byte[] checkedPart = [.. System.Text.Encoding.ASCII.GetBytes(type), .. body];
        var chunk = new byte[body.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        checkedPart.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32(checkedPart));
        return chunk;
    }

    private static uint Crc32(byte[] bytes)
    {
        var crc = ~0u;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }

    /// <summary>A PNG with given raw rows (each with its filter byte), of any colour type.</summary>
    public static byte[] File(int width, int height, int depth, int colourType, byte[] rows, params byte[][] extraChunks)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)depth;
        header[9] = (byte)colourType;
        using var packed = new MemoryStream();
        using (var deflate = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Optimal))
            deflate.Write(rows);
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", header), .. extraChunks.SelectMany(c => c),
            .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }
}
