using System.Buffers.Binary;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Tests.Images;

/// <summary>EXIF made by the tests, and how each format holds it.</summary>
internal static class ExifBytes
{
    /// <summary>EXIF with an orientation, a GPS directory and a thumbnail's bytes behind it.</summary>
    public static byte[] Make(int orientation, bool little)
    {
        var tiff = new List<byte>();
        tiff.AddRange(little ? "II"u8 : "MM"u8);
        Short(42);
        Long(8);
        Short(2);
        Entry(0x0112, 3, 1, orientation);
        Entry(0x8825, 4, 1, 38);
        Long(0);
        tiff.AddRange("GPSLATITUDE-52.520008"u8);
        tiff.AddRange("THUMBNAIL-OF-A-FACE"u8);
        return [.. tiff];

        void Entry(int tag, int type, int count, int value)
        {
            Short(tag);
            Short(type);
            Long(count);
            if (type == 3)
            {
                Short(value);
                Short(0);
            }
            else
            {
                Long(value);
            }
        }

        void Short(int value) => tiff.AddRange(little ? [(byte)value, (byte)(value >> 8)] : [(byte)(value >> 8), (byte)value]);

        void Long(int value)
        {
            var bytes = new byte[4];
            if (little)
                BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
            else
                BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            tiff.AddRange(bytes);
        }
    }

    /// <summary>The file with EXIF put in as its format does.</summary>
    public static byte[] Into(byte[] file, ImageFormat format, byte[] exif)
    {
        switch (format)
        {
            case ImageFormat.Jpeg:
                var length = exif.Length + 8;
                return [.. file[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. "Exif\0\0"u8, .. exif, .. file[2..]];
            case ImageFormat.Png:
                // After the signature and the header chunk.
                return [.. file[..33], .. PngBytes.Chunk("eXIf", exif), .. file[33..]];
            default:
                var padded = exif.Length % 2 == 0 ? exif : [.. exif, (byte)0];
                var info = ImageFile.Identify(file);
                byte[] extended = [8, 0, 0, 0, .. Three(info.Width - 1), .. Three(info.Height - 1)];
                byte[] body = [.. "WEBP"u8, .. "VP8X"u8, .. Four(10), .. extended, .. file[12..], .. "EXIF"u8,
                    .. Four(exif.Length), .. padded];
                return [.. "RIFF"u8, .. Four(body.Length), .. body];
        }

        static byte[] Three(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];

        static byte[] Four(int value) => [.. Three(value), (byte)(value >> 24)];
    }
}
