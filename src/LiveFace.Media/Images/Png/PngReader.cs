using LiveFace.Media.Frames;
using LiveFace.Media.Images.Pixels;

namespace LiveFace.Media.Images.Png;

/// <summary>Reads PNG of every bit depth and colour type, interlaced or not.</summary>
internal sealed unsafe class PngReader : IImageReader
{
    /// <summary>Deflate packs at most 1032 bytes into one (RFC 1951: a match of 258 bytes in two bits).</summary>
    private const long MostPacked = 1032;

    /// <summary>Text and profiles are skipped; no single chunk of them may take more memory than this.</summary>
    private const int ChunkLimit = 4 << 20;

    private const int EndOfFile = -1;

    public (int Width, int Height) Size(ReadOnlySpan<byte> file)
    {
        // Its other pictures would be lost without a word.
        if (PngChunks.IsAnimated(file))
            throw new ImageException(ImageError.Unsupported, "Animated PNG is not read as a picture; name it .apng, or send a video.");
        fixed (byte* start = file)
        {
            using var context = Open(start, file.Length, out var header);
            return (Side(header.Width), Side(header.Height));
        }

        static int Side(uint value) => (int)Math.Min(value, int.MaxValue);
    }

    public VideoFrame ReadFrame(ReadOnlySpan<byte> file, FramePool pool)
    {
        var (width, height) = Size(file);
        CheckPlausible(file, width, height);
        using var pixels = new PixelMemory(4L * width * height);
        ReadRgba(file, pixels.Start, width, height);
        var frame = pool.Rent(width, height);
        RgbaToFrame.Convert(pixels.Start, width * 4, hasAlpha: true, frame);
        return frame;
    }

    public void ReadRgba(ReadOnlySpan<byte> file, byte* pixels, int width, int height)
    {
        CheckPlausible(file, width, height);
        fixed (byte* start = file)
        {
            using var context = Open(start, file.Length, out _);
            Check(Spng.Decode(context, pixels, (nuint)(4L * width * height), Spng.FormatRgba8, Spng.ApplyTransparency));
        }
    }

    /// <summary>A header can claim any size; a file too short to hold it, however well packed, costs no memory.</summary>
    private static void CheckPlausible(ReadOnlySpan<byte> file, int width, int height)
    {
        if (file.Length * MostPacked < (long)width * height / 8)
            throw new ImageException(ImageError.Truncated,
                $"The PNG file says {width}×{height} pixels and is too short to hold them.");
    }

    private static SpngHandle Open(byte* file, int bytes, out SpngHeader header)
    {
        var context = new SpngHandle(flags: 0);
        SpngHeader read;
        // Sizes are judged by the caller's limits; here they only have to fit the numbers.
        Spng.SetImageLimits(context, int.MaxValue, int.MaxValue);
        Spng.SetChunkLimits(context, ChunkLimit, ChunkLimit);
        Spng.SetFile(context, file, (nuint)bytes);
        var error = Spng.GetHeader(context, &read);
        header = read;
        if (error == 0)
            return context;
        context.Dispose();
        Check(error);
        return context;
    }

    private static void Check(int error)
    {
        if (error == 0)
            return;
        var text = Spng.Describe(error);
        throw error == EndOfFile || text.Contains("too short", StringComparison.Ordinal)
            ? new ImageException(ImageError.Truncated, "The PNG file ends before its picture does.")
            : new ImageException(ImageError.Corrupt, $"The PNG file is damaged: {text}.");
    }
}
