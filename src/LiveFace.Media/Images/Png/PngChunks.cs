using System.Buffers.Binary;

namespace LiveFace.Media.Images.Png;

/// <summary>The chunks of a PNG file (PNG, third edition, 5.3: length, type, data, check).</summary>
internal static class PngChunks
{
    private const int Signature = 8, Frame = 12, TypeAt = 4;

    /// <summary>Whether a file holds several pictures: their count stands before the first one's data (11.3.6.1).</summary>
    public static bool IsAnimated(ReadOnlySpan<byte> file)
    {
        for (var rest = file[Math.Min(Signature, file.Length)..]; rest.Length >= Frame;)
        {
            var type = rest.Slice(TypeAt, 4);
            if (type.SequenceEqual("acTL"u8))
                return true;
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (type.SequenceEqual("IDAT"u8) || length > rest.Length - Frame)
                return false;
            rest = rest[(Frame + (int)length)..];
        }

        return false;
    }
}
