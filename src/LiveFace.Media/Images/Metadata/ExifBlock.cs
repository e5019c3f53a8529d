using System.Buffers.Binary;

namespace LiveFace.Media.Images.Metadata;

/// <summary>Finds the EXIF data inside of each format's own wrapping. Empty when there is none.</summary>
internal static class ExifBlock
{
    public static ReadOnlySpan<byte> Find(ImageFormat format, ReadOnlySpan<byte> file) => format switch
    {
        ImageFormat.Jpeg => InJpeg(file),
        ImageFormat.Png => InPng(file),
        _ => InWebP(file),
    };

    /// <summary>An APP1 segment that starts with 'Exif' and two zeros (EXIF 2.3, section 4.7.2).</summary>
    private static ReadOnlySpan<byte> InJpeg(ReadOnlySpan<byte> file)
    {
        var rest = file[Math.Min(2, file.Length)..];
        while (rest.Length >= 4 && rest[0] == 0xFF)
        {
            var marker = rest[1];
            if (marker == 0xFF)
            {
                rest = rest[1..];
                continue;
            }

            // Markers without a length, and the start of the scan, after which no metadata comes.
            if (marker is 0xDA or 0xD9)
                return [];
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                rest = rest[2..];
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length < 2 || length + 2 > rest.Length)
                return [];
            var body = rest[4..(length + 2)];
            if (marker == 0xE1 && body.StartsWith("Exif\0\0"u8))
                return body[6..];
            rest = rest[(length + 2)..];
        }

        return [];
    }

    /// <summary>A chunk eXIf (PNG extensions 1.5, section 3.7).</summary>
    private static ReadOnlySpan<byte> InPng(ReadOnlySpan<byte> file)
    {
        var rest = file[Math.Min(8, file.Length)..];
        while (rest.Length >= 12)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > (uint)rest.Length - 12)
                return [];
            if (rest[4..8].SequenceEqual("eXIf"u8))
                return rest.Slice(8, (int)length);
            rest = rest[((int)length + 12)..];
        }

        return [];
    }

    /// <summary>A RIFF chunk EXIF (WebP container, 'Metadata'); some writers put JPEG's prefix before it.</summary>
    private static ReadOnlySpan<byte> InWebP(ReadOnlySpan<byte> file)
    {
        var rest = file[Math.Min(12, file.Length)..];
        while (rest.Length >= 8)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > (uint)rest.Length - 8)
                return [];
            var body = rest.Slice(8, (int)length);
            if (rest.StartsWith("EXIF"u8))
                return body.StartsWith("Exif\0\0"u8) ? body[6..] : body;
            rest = rest[Math.Min(rest.Length, 8 + (int)((length + 1) & ~1u))..];
        }

        return [];
    }
}
