using System.Runtime.InteropServices;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Pixels;

namespace LiveFace.Media.Images.Png;

/// <summary>Writes PNG with its three necessary chunks and no other.</summary>
internal static unsafe class PngWriter
{
    /// <summary>Photographs gain two or three percent from higher levels, for several times the work.</summary>
    private const int CompressionLevel = 3;

    public static byte[] Write(RedactedFrame redacted)
    {
        var frame = redacted.Picture;
        var bytes = (long)FrameToRgb.BytesPerPixel * frame.Width * frame.Height;
        using var pixels = new PixelMemory(bytes);
        FrameToRgb.Convert(frame, pixels.Start);
        using var context = new SpngHandle(Spng.Encoder);
        var header = new SpngHeader
        {
            Width = (uint)frame.Width,
            Height = (uint)frame.Height,
            BitDepth = 8,
            ColourType = Spng.TrueColour,
        };
        Check(Spng.SetOption(context, Spng.OptionToBuffer, 1));
        Check(Spng.SetOption(context, Spng.OptionCompressionLevel, CompressionLevel));
        Check(Spng.SetOption(context, Spng.OptionFilters, Spng.FilterSub | Spng.FilterUp));
        Check(Spng.SetHeader(context, &header));
        Check(Spng.Encode(context, pixels.Start, (nuint)bytes, Spng.FormatAsStored, Spng.Finish));
        var file = Spng.TakeFile(context, out var length, out var error);
        Check(error);
        try
        {
            return new ReadOnlySpan<byte>(file, checked((int)length)).ToArray();
        }
        finally
        {
            NativeMemory.Free(file);
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new InvalidOperationException($"libspng did not write a picture: {Spng.Describe(error)}.");
    }
}
