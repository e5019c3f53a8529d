using LiveFace.Media.Frames;
using LiveFace.Media.Images.Pixels;

namespace LiveFace.Media.Images.WebP;

/// <summary>Reads WebP. It stores BT.601 in limited range, so an opaque picture goes straight into the planes.</summary>
internal sealed unsafe class WebPReader : IImageReader
{
    private const int Unsupported = 4;
    private const int NotEnoughData = 7;

    public (int Width, int Height) Size(ReadOnlySpan<byte> file)
    {
        var features = Features(file);
        return (features.Width, features.Height);
    }

    public VideoFrame ReadFrame(ReadOnlySpan<byte> file, FramePool pool)
    {
        var features = Features(file);
        if (features.HasAlpha != 0)
        {
            using var pixels = new PixelMemory(4L * features.Width * features.Height);
            ReadRgba(file, pixels.Start, features.Width, features.Height);
            var blended = pool.Rent(features.Width, features.Height);
            RgbaToFrame.Convert(pixels.Start, features.Width * 4, hasAlpha: true, blended);
            return blended;
        }

        var frame = pool.Rent(features.Width, features.Height);
        var chroma = (nuint)(frame.StrideUV * frame.ChromaHeight);
        fixed (byte* start = file)
        {
            if (LibWebP.DecodePlanes(start, (nuint)file.Length, frame.Y, (nuint)(frame.StrideY * frame.Height),
                frame.StrideY, frame.U, chroma, frame.StrideUV, frame.V, chroma, frame.StrideUV) != null)
                return frame;
        }

        frame.Dispose();
        throw Damaged();
    }

    public void ReadRgba(ReadOnlySpan<byte> file, byte* pixels, int width, int height)
    {
        fixed (byte* start = file)
        {
            if (LibWebP.DecodeRgba(start, (nuint)file.Length, pixels, (nuint)(4L * width * height), width * 4) == null)
                throw Damaged();
        }
    }

    private static WebPFeatures Features(ReadOnlySpan<byte> file)
    {
        WebPFeatures features;
        int status;
        fixed (byte* start = file)
            status = LibWebP.GetFeatures(start, (nuint)file.Length, &features, LibWebP.DecoderVersion);
        if (status == NotEnoughData)
            throw new ImageException(ImageError.Truncated, "The WebP file ends before its picture does.");
        if (status == Unsupported || status == 0 && features.HasAnimation != 0)
            throw new ImageException(ImageError.Unsupported, "Animated WebP is not read; send a still picture or a video.");
        return status == 0 ? features : throw Damaged();
    }

    /// <summary>The simple interface does not tell a short file from a damaged one.</summary>
    private static ImageException Damaged() => new(ImageError.Corrupt, "The WebP file is damaged or ends too early.");
}
