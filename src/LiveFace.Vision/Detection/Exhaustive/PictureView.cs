using LiveFace.Media.Frames;

namespace LiveFace.Vision.Detection;

/// <summary>
/// How a copy of a picture lies to the picture: mirrored, then moved by a border, then turned. It leads what is found in the
/// copy back.
/// </summary>
internal readonly record struct PictureView(int Width, int Height, bool Mirrored = false, QuarterTurns Turns = QuarterTurns.None, int Left = 0, int Top = 0)
{
    /// <summary>The same thing in pixels of the picture, cut off at its edges.</summary>
    public DetectedObject Back(in DetectedObject item)
    {
        var (ax, ay) = Back(item.Box.Left, item.Box.Top);
        var (bx, by) = Back(item.Box.Right, item.Box.Bottom);
        return item with
        {
            Box = new BoxF(
                MathF.Max(0, MathF.Min(ax, bx)), MathF.Max(0, MathF.Min(ay, by)),
                MathF.Min(Width, MathF.Max(ax, bx)), MathF.Min(Height, MathF.Max(ay, by))),
            Landmarks = item.Landmarks is { } points ? Back(points) : null,
        };
    }

    private FaceLandmarks Back(in FaceLandmarks l)
    {
        var (rightEyeX, rightEyeY) = Back(l.RightEyeX, l.RightEyeY);
        var (leftEyeX, leftEyeY) = Back(l.LeftEyeX, l.LeftEyeY);
        var (noseX, noseY) = Back(l.NoseX, l.NoseY);
        var (rightMouthX, rightMouthY) = Back(l.RightMouthX, l.RightMouthY);
        var (leftMouthX, leftMouthY) = Back(l.LeftMouthX, l.LeftMouthY);
        // Mirrored, the right eye is the left one.
        return Mirrored
            ? new FaceLandmarks(leftEyeX, leftEyeY, rightEyeX, rightEyeY, noseX, noseY, leftMouthX, leftMouthY, rightMouthX, rightMouthY)
            : new FaceLandmarks(rightEyeX, rightEyeY, leftEyeX, leftEyeY, noseX, noseY, rightMouthX, rightMouthY, leftMouthX, leftMouthY);
    }

    private (float X, float Y) Back(float x, float y)
    {
        (x, y) = Turns switch
        {
            QuarterTurns.Clockwise => (y, Height - x),
            QuarterTurns.Half => (Width - x, Height - y),
            QuarterTurns.CounterClockwise => (Width - y, x),
            _ => (x, y),
        };
        (x, y) = (x - Left, y - Top);
        return (Mirrored ? Width - x : x, y);
    }
}
