using System.Buffers.Binary;
using LiveFace.Media.Frames;

namespace LiveFace.Media.Images.Metadata;

/// <summary>
/// Reads the one thing that is wanted of EXIF: the orientation in the first directory of its TIFF structure
/// (TIFF 6.0, section 2). Whatever does not make sense means 'upright'.
/// </summary>
internal static class TiffOrientation
{
    private const ushort OrientationTag = 0x0112;
    private const ushort ShortType = 3;
    private const int EntryBytes = 12;

    public static Orientation Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
            return Orientation.Upright;
        var little = tiff[0] == 'I' && tiff[1] == 'I';
        if (!little && !(tiff[0] == 'M' && tiff[1] == 'M') || UInt16(tiff[2..], little) != 42)
            return Orientation.Upright;

        var directory = UInt32(tiff[4..], little);
        if (directory > (uint)tiff.Length - 2)
            return Orientation.Upright;
        var entries = tiff[(int)directory..];
        var count = UInt16(entries, little);
        entries = entries[2..];
        for (var i = 0; i < count && entries.Length >= EntryBytes; i++, entries = entries[EntryBytes..])
        {
            if (UInt16(entries, little) != OrientationTag)
                continue;
            var value = UInt16(entries[8..], little);
            return UInt16(entries[2..], little) == ShortType && value is >= 1 and <= 8
                ? (Orientation)value
                : Orientation.Upright;
        }

        return Orientation.Upright;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool little) => little
        ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool little) => little
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
