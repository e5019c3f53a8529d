using System.Buffers.Binary;

namespace LiveFace.Stickers;

/// <summary>Takes everything out of a PNG file that its picture does not need: positions, names, dates, comments.</summary>
internal static class PngChunks
{
    private const int Signature = 8;

    /// <summary>Length, type and checksum.</summary>
    private const int Frame = 12;

    /// <summary>The chunks that decide about pixels; PNG, third edition, 5.6.</summary>
    private static readonly uint[] Kept = [Tag("IHDR"u8), Tag("PLTE"u8), Tag("tRNS"u8), Tag("IDAT"u8), Tag("IEND"u8)];

    /// <summary>The file with its picture alone; a file that ends early is cut before the chunk that does.</summary>
    public static byte[] PictureOnly(ReadOnlySpan<byte> file)
    {
        using var kept = new MemoryStream(file.Length);
        kept.Write(file[..Math.Min(Signature, file.Length)]);
        var at = Signature;
        while (at + Frame <= file.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > (uint)(file.Length - at - Frame))
                break;
            var chunk = file.Slice(at, Frame + (int)length);
            if (Kept.Contains(Tag(chunk[4..])))
                kept.Write(chunk);
            at += chunk.Length;
        }

        return kept.ToArray();
    }

    private static uint Tag(ReadOnlySpan<byte> name) => BinaryPrimitives.ReadUInt32BigEndian(name);
}
