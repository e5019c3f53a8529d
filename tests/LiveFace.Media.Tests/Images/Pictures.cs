using System.Buffers.Binary;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Tests.Images;

/// <summary>Picture files made by the tests.</summary>
internal static class Pictures
{
    /// <summary>Soft gradients that every lossy format keeps well, with a bright square in the upper left corner.</summary>
    public static VideoFrame Gradient(FramePool pool, int width, int height)
    {
        var frame = pool.Rent(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                frame.RowY(y)[x] = x < width / 4 && y < height / 4 ? (byte)220 : (byte)(80 + 60 * x / width + 60 * y / height);
        for (var y = 0; y < frame.ChromaHeight; y++)
            for (var x = 0; x < frame.ChromaWidth; x++)
            {
                frame.RowU(y)[x] = (byte)(100 + 40 * x / frame.ChromaWidth);
                frame.RowV(y)[x] = (byte)(150 - 40 * y / frame.ChromaHeight);
            }

        return frame;
    }

    public static byte[] File(ImageFormat format, int width = 96, int height = 64)
    {
        using var pool = new FramePool();
        using var frame = Gradient(pool, width, height);
        return ImageFile.Encode(Openly.Redacted(frame), format, 95);
    }

    /// <summary>EXIF with an orientation, a GPS directory and a thumbnail's bytes behind it.</summary>
    public static byte[] Exif(int orientation, bool little)
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
    public static byte[] WithExif(byte[] file, ImageFormat format, byte[] exif)
    {
        switch (format)
        {
            case ImageFormat.Jpeg:
                var length = exif.Length + 8;
                return [.. file[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. "Exif\0\0"u8, .. exif, .. file[2..]];
            case ImageFormat.Png:
                // After the signature and the header chunk.
                return [.. file[..33], .. PngChunk("eXIf", exif), .. file[33..]];
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

    public static byte[] PngChunk(string type, byte[] body)
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
    public static byte[] Png(int width, int height, int depth, int colourType, byte[] rows, params byte[][] extraChunks)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)depth;
        header[9] = (byte)colourType;
        using var packed = new MemoryStream();
        using (var deflate = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Optimal))
            deflate.Write(rows);
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. PngChunk("IHDR", header), .. extraChunks.SelectMany(c => c),
            .. PngChunk("IDAT", packed.ToArray()), .. PngChunk("IEND", [])];
    }

    public static double MeanDifference(VideoFrame a, VideoFrame b)
    {
        b.Width.ShouldBe(a.Width);
        b.Height.ShouldBe(a.Height);
        long sum = 0;
        for (var y = 0; y < a.Height; y++)
            for (var x = 0; x < a.Width; x++)
                sum += Math.Abs(a.RowY(y)[x] - b.RowY(y)[x]) + Math.Abs(a.RowU(y / 2)[x / 2] - b.RowU(y / 2)[x / 2]) +
                    Math.Abs(a.RowV(y / 2)[x / 2] - b.RowV(y / 2)[x / 2]);
        return sum / 3.0 / (a.Width * a.Height);
    }
}
