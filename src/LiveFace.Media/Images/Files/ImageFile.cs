using LiveFace.Media.Frames;
using LiveFace.Media.Images.Jpeg;
using LiveFace.Media.Images.Metadata;
using LiveFace.Media.Images.Png;
using LiveFace.Media.Images.Pixels;
using LiveFace.Media.Images.WebP;

namespace LiveFace.Media.Images.Files;

/// <summary>
/// Picture files in memory, in and out. What comes in is told by its content, measured before memory is taken and
/// turned upright; what goes out is a redacted picture and holds no metadata at all.
/// </summary>
public static unsafe class ImageFile
{
    /// <summary>Quality of JPEG and WebP when none is said.</summary>
    public const int DefaultQuality = 90;

    private static readonly JpegReader Jpeg = new();
    private static readonly PngReader Png = new();
    private static readonly WebPReader WebP = new();

    /// <summary>Whether a file's first bytes, 64 KiB or all, are those of a picture that does not move.</summary>
    public static bool IsPicture(ReadOnlySpan<byte> start) =>
        ImageSniffer.TryTell(start, out var format) && (format != ImageFormat.Png || !PngChunks.IsAnimated(start));

    /// <summary>Reads what the header says and checks it against the limits.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    public static ImageInfo Identify(ReadOnlySpan<byte> file, ImageLimits? limits = null)
    {
        limits ??= ImageLimits.Default;
        limits.CheckBytes(file.Length);
        if (!ImageSniffer.TryTell(file, out var format))
            throw new ImageException(ImageError.UnknownFormat, "The file is no JPEG, PNG or WebP picture.");
        var (width, height) = Reader(format).Size(file);
        limits.CheckSize(width, height);
        return new ImageInfo(format, width, height, TiffOrientation.Read(ExifBlock.Find(format, file)));
    }

    /// <summary>Reads a picture, upright, over white where it is transparent. The caller owns one reference.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    public static VideoFrame Decode(ReadOnlySpan<byte> file, FramePool pool, ImageLimits? limits = null)
    {
        var info = Identify(file, limits);
        return Turn.Upright(Reader(info.Format).ReadFrame(file, pool), pool, info.Orientation);
    }

    /// <summary>Reads a picture with its transparency, upright: for stickers and the like.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    public static RgbaImage DecodeRgba(ReadOnlySpan<byte> file, ImageLimits? limits = null)
    {
        var info = Identify(file, limits);
        var bytes = 4L * info.Width * info.Height;
        if (bytes > Array.MaxLength)
            throw new ImageException(ImageError.TooManyPixels, "The picture is too large to be kept with its transparency.");
        using var stored = new PixelMemory(bytes);
        Reader(info.Format).ReadRgba(file, stored.Start, info.Width, info.Height);
        var upright = GC.AllocateUninitializedArray<byte>((int)bytes);
        fixed (byte* target = upright)
            Turn.Plane((uint*)stored.Start, info.Width * 4, info.Width, info.Height, (uint*)target,
                info.ShownWidth * 4, info.Orientation);
        return new RgbaImage(info.ShownWidth, info.ShownHeight, upright);
    }

    /// <summary>Writes a redacted picture. Quality runs from 1 to 100; PNG loses nothing and has none.</summary>
    public static byte[] Encode(RedactedFrame frame, ImageFormat format, int quality = DefaultQuality) => format switch
    {
        ImageFormat.Jpeg => JpegWriter.Write(frame, quality),
        ImageFormat.Png => PngWriter.Write(frame),
        ImageFormat.WebP => WebPWriter.Write(frame, quality),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such format."),
    };

    private static IImageReader Reader(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => Jpeg,
        ImageFormat.Png => Png,
        _ => WebP,
    };
}
