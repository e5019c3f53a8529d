using System.Numerics;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Vision.Outlines;

namespace LiveFace.Films.Pictures;

/// <summary>The polygons round what is in a box of a picture, in pixels of the upright picture; none where nothing stands out.</summary>
public sealed record PictureOutline(int Width, int Height, IReadOnlyList<Vector2[]> Polygons);

/// <summary>Finds the outline of what somebody drew a box round, in one picture file. No model takes part.</summary>
public static class PictureOutlines
{
    /// <summary>Takes JPEG, PNG or WebP, and a box in parts of the upright picture's width and height.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    public static PictureOutline Find(
        ReadOnlySpan<byte> file, BoxF box, ImageLimits? limits = null, DecoderSandbox? sandbox = null)
    {
        using var pool = new FramePool(0);
        using var frame = PictureFile.Read(file, pool, limits, sandbox, out _);
        // A pixel at least, where the box is less.
        var left = Math.Clamp(box.Left * frame.Width, 0, frame.Width - 1);
        var top = Math.Clamp(box.Top * frame.Height, 0, frame.Height - 1);
        var pixels = new BoxF(
            left, top, Math.Clamp(box.Right * frame.Width, left + 1, frame.Width), Math.Clamp(box.Bottom * frame.Height, top + 1, frame.Height));
        return new PictureOutline(frame.Width, frame.Height, BoxOutline.Trace(frame, pixels));
    }
}
