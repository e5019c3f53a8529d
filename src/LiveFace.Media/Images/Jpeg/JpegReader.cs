using LiveFace.Media.Frames;
using LiveFace.Media.Images.Pixels;

namespace LiveFace.Media.Images.Jpeg;

/// <summary>Reads JPEG. The common 4:2:0 goes straight into the frame's planes; other kinds by way of RGBA.</summary>
internal sealed unsafe class JpegReader : IImageReader
{
    public (int Width, int Height) Size(ReadOnlySpan<byte> file)
    {
        using var handle = TurboJpegHandle.ForReading();
        fixed (byte* start = file)
        {
            var header = Header(handle, start, file.Length);
            return (header.Width, header.Height);
        }
    }

    public VideoFrame ReadFrame(ReadOnlySpan<byte> file, FramePool pool)
    {
        using var handle = TurboJpegHandle.ForReading();
        fixed (byte* start = file)
        {
            var header = Header(handle, start, file.Length);
            var straight = header.Sampling == TurboJpeg.Sampling420 && header.Space == TurboJpeg.SpaceYcbcr ||
                header.Space == TurboJpeg.SpaceGrey;
            return straight
                ? ReadPlanes(handle, start, file.Length, header, pool)
                : ReadPixels(handle, start, file.Length, header, pool);
        }
    }

    public void ReadRgba(ReadOnlySpan<byte> file, byte* pixels, int width, int height)
    {
        using var handle = TurboJpegHandle.ForReading();
        fixed (byte* start = file)
            Decompress(handle, start, file.Length, Header(handle, start, file.Length), pixels);
    }

    private static JpegHeader Header(TurboJpegHandle handle, byte* file, int bytes)
    {
        if (TurboJpeg.DecompressHeader(handle, file, (nuint)bytes, out var width, out var height, out var sampling, out var space) != 0)
            ThrowUnlessHarmless(handle);
        return new JpegHeader(width, height, sampling, space);
    }

    private static VideoFrame ReadPlanes(TurboJpegHandle handle, byte* file, int bytes, JpegHeader header, FramePool pool)
    {
        // The library writes whole blocks of two rows, so an odd height needs a row that the frame does not have.
        var roomy = pool.Rent(header.Width, Math.Min(header.Height + (header.Height & 1), FrameLayout.MaximumSide));
        try
        {
            var planes = stackalloc byte*[] { roomy.Y, roomy.U, roomy.V };
            var strides = stackalloc[] { roomy.StrideY, roomy.StrideUV, roomy.StrideUV };
            if (TurboJpeg.DecompressToPlanes(handle, file, (nuint)bytes, planes, header.Width, strides, header.Height,
                TurboJpeg.LimitScans) != 0)
                ThrowUnlessHarmless(handle);

            var frame = roomy;
            if (roomy.Height != header.Height)
            {
                frame = pool.Rent(header.Width, header.Height);
                for (var y = 0; y < frame.Height; y++)
                    roomy.RowY(y).CopyTo(frame.RowY(y));
                for (var y = 0; y < frame.ChromaHeight; y++)
                {
                    roomy.RowU(y).CopyTo(frame.RowU(y));
                    roomy.RowV(y).CopyTo(frame.RowV(y));
                }

                roomy.Dispose();
            }

            Limit(frame, header.Space == TurboJpeg.SpaceGrey);
            return frame;
        }
        catch (ImageException)
        {
            roomy.Dispose();
            throw;
        }
    }

    private static void Limit(VideoFrame frame, bool grey)
    {
        for (var y = 0; y < frame.Height; y++)
            ByteRange.ToLimited(frame.Y + (nint)y * frame.StrideY, frame.Width, chroma: false);
        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            if (grey)
            {
                frame.RowU(y).Fill(128);
                frame.RowV(y).Fill(128);
                continue;
            }

            ByteRange.ToLimited(frame.U + (nint)y * frame.StrideUV, frame.ChromaWidth, chroma: true);
            ByteRange.ToLimited(frame.V + (nint)y * frame.StrideUV, frame.ChromaWidth, chroma: true);
        }
    }

    private static VideoFrame ReadPixels(TurboJpegHandle handle, byte* file, int bytes, JpegHeader header, FramePool pool)
    {
        using var pixels = new PixelMemory(4L * header.Width * header.Height);
        Decompress(handle, file, bytes, header, pixels.Start);
        var frame = pool.Rent(header.Width, header.Height);
        RgbaToFrame.Convert(pixels.Start, header.Width * 4, hasAlpha: false, frame);
        return frame;
    }

    private static void Decompress(TurboJpegHandle handle, byte* file, int bytes, JpegHeader header, byte* pixels)
    {
        var inks = header.Space is TurboJpeg.SpaceCmyk or TurboJpeg.SpaceYcck;
        if (TurboJpeg.Decompress(handle, file, (nuint)bytes, pixels, header.Width, header.Width * 4, header.Height,
            inks ? TurboJpeg.PixelsCmyk : TurboJpeg.PixelsRgba, TurboJpeg.LimitScans) != 0)
            ThrowUnlessHarmless(handle);
        if (!inks)
            return;

        // Files with four inks store them inverted (Adobe's convention): 255 is no ink.
        for (var i = 0L; i < (long)header.Width * header.Height; i++, pixels += 4)
        {
            for (var c = 0; c < 3; c++)
                pixels[c] = (byte)((pixels[c] * pixels[3] + 127) / 255);
            pixels[3] = 255;
        }
    }

    /// <summary>Cameras leave stray bytes between segments, which the library only remarks on; the rest is an error.</summary>
    private static void ThrowUnlessHarmless(TurboJpegHandle handle)
    {
        var (text, warning) = TurboJpeg.Error(handle);
        if (warning && text.Contains("extraneous bytes", StringComparison.OrdinalIgnoreCase))
            return;
        var truncated = text.Contains("premature end", StringComparison.OrdinalIgnoreCase);
        throw new ImageException(truncated ? ImageError.Truncated : ImageError.Corrupt,
            truncated ? "The JPEG file ends before its picture does." : $"The JPEG file is damaged: {text}.");
    }

    private readonly record struct JpegHeader(int Width, int Height, int Sampling, int Space);
}
