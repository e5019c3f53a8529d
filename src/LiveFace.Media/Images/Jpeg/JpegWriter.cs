using LiveFace.Media.Frames;
using LiveFace.Media.Images.Pixels;

namespace LiveFace.Media.Images.Jpeg;

/// <summary>Writes JPEG, 4:2:0, with nothing in the file but what the picture needs.</summary>
internal static unsafe class JpegWriter
{
    public static byte[] Write(RedactedFrame redacted, int quality)
    {
        var frame = redacted.Picture;
        using var handle = TurboJpegHandle.ForWriting();
        using var full = new PixelMemory(FrameLayout.Bytes(frame.Width, frame.Height + 1));
        // The library reads whole blocks of two rows and columns; the last ones are repeated for it.
        var height = frame.Height + (frame.Height & 1);
        var y = full.Start;
        var u = y + (nint)frame.StrideY * height;
        var v = u + (nint)frame.StrideUV * frame.ChromaHeight;
        for (var row = 0; row < height; row++)
            Widen(frame.Y + (nint)Math.Min(row, frame.Height - 1) * frame.StrideY, y + (nint)row * frame.StrideY,
                frame.Width, chroma: false);
        for (var row = 0; row < frame.ChromaHeight; row++)
        {
            Widen(frame.U + (nint)row * frame.StrideUV, u + (nint)row * frame.StrideUV, frame.ChromaWidth, chroma: true);
            Widen(frame.V + (nint)row * frame.StrideUV, v + (nint)row * frame.StrideUV, frame.ChromaWidth, chroma: true);
        }

        var planes = stackalloc byte*[] { y, u, v };
        var strides = stackalloc[] { frame.StrideY, frame.StrideUV, frame.StrideUV };
        byte* file = null;
        nuint bytes = 0;
        try
        {
            if (TurboJpeg.CompressFromPlanes(handle, planes, frame.Width, strides, frame.Height,
                TurboJpeg.Sampling420, &file, &bytes, Math.Clamp(quality, 1, 100), TurboJpeg.AccurateDct) != 0)
                throw new InvalidOperationException($"libturbojpeg did not write a picture: {TurboJpeg.Error(handle).Text}.");
            return new ReadOnlySpan<byte>(file, checked((int)bytes)).ToArray();
        }
        finally
        {
            TurboJpeg.Free(file);
        }
    }

    private static void Widen(byte* source, byte* target, int width, bool chroma)
    {
        ByteRange.ToFull(source, target, width, chroma);
        if ((width & 1) != 0 && !chroma)
            target[width] = target[width - 1];
    }
}
