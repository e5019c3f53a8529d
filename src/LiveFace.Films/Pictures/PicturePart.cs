using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Pictures;

/// <summary>A part of a picture that was made safe, as a file.</summary>
internal static class PicturePart
{
    private const int Least = 2;

    private static readonly PolicySnapshot Nothing = PolicySnapshot.Create(1, new RedactionPolicy { NothingHidden = true });

    public static byte[] Encode(RedactedFrame picture, in BoxF box, ImageFormat format, FramePool pool)
    {
        var whole = picture.Picture;
        var (left, top) = (Start(box.Left, whole.Width), Start(box.Top, whole.Height));
        var (width, height) = (Length(box.Right - left, whole.Width - left), Length(box.Bottom - top, whole.Height - top));
        using var part = pool.Rent(width, height);
        new FrameScaler().Scale(whole, new PictureRegion(left, top, width, height), part);
        // What was hidden stays so; there is nothing more to hide in a part of it.
        using var redactor = new Redactor(pool);
        return ImageFile.Encode(redactor.Redact(part, Nothing), format);
    }

    private static int Start(double edge, int side) => (int)Math.Clamp(Math.Floor(edge), 0, Math.Max(0, side - Least));

    private static int Length(double pixels, int room) => (int)Math.Clamp(Math.Ceiling(pixels), Math.Min(Least, room), room);
}
