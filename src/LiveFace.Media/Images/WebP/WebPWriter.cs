using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LiveFace.Media.Frames;

namespace LiveFace.Media.Images.WebP;

/// <summary>Writes lossy WebP from the frame's own planes, with nothing else in the file.</summary>
internal static unsafe class WebPWriter
{
    /// <summary>The format's own limit on a side.</summary>
    private const int MaximumSide = 16383;

    public static byte[] Write(RedactedFrame redacted, int quality)
    {
        var frame = redacted.Picture;
        if (Math.Max(frame.Width, frame.Height) > MaximumSide)
            throw new ImageException(ImageError.TooManyPixels, $"WebP holds at most {MaximumSide} pixels on a side.");

        WebPConfig config;
        WebPPicture picture;
        if (LibWebP.InitConfig(&config, preset: 0, Math.Clamp(quality, 0, 100), LibWebP.EncoderVersion) == 0 ||
            LibWebP.InitPicture(&picture, LibWebP.EncoderVersion) == 0)
            throw new InvalidOperationException("libwebp is of another major version than 1.");

        var file = new ArrayBufferWriter<byte>(Math.Max(1024, frame.Width * frame.Height / 8));
        var state = GCHandle.Alloc(file);
        try
        {
            picture.Width = frame.Width;
            picture.Height = frame.Height;
            picture.Y = frame.Y;
            picture.U = frame.U;
            picture.V = frame.V;
            picture.StrideY = frame.StrideY;
            picture.StrideUV = frame.StrideUV;
            picture.Writer = &Append;
            picture.State = GCHandle.ToIntPtr(state);
            if (LibWebP.Encode(&config, &picture) == 0)
                throw new InvalidOperationException($"libwebp did not write a picture: error {picture.Error}.");
            return file.WrittenSpan.ToArray();
        }
        finally
        {
            state.Free();
        }
    }

    [UnmanagedCallersOnly]
    private static int Append(byte* bytes, nuint count, WebPPicture* picture)
    {
        var file = Unsafe.As<ArrayBufferWriter<byte>>(GCHandle.FromIntPtr(picture->State).Target!);
        file.Write(new ReadOnlySpan<byte>(bytes, (int)count));
        return 1;
    }
}
