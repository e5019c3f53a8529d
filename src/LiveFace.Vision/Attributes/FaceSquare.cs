using LiveFace.Vision.Identity;

namespace LiveFace.Vision.Attributes;

/// <summary>
/// The square of a picture that is cut out for the readers of a face: turned so that the eyes lie level where five points are
/// known, and upright round the box where not.
/// </summary>
/// <param name="X">Its middle across.</param>
/// <param name="Y">Its middle down.</param>
/// <param name="Side">Pixels of a side.</param>
/// <param name="Cosine">How it is turned.</param>
/// <param name="Sine">How it is turned.</param>
internal readonly record struct FaceSquare(float X, float Y, float Side, float Cosine, float Sine)
{
    /// <summary>The side in sides of the box, and in sides of the crop of 112 that the five points span.</summary>
    public const float OfBox = 1.35f, OfPoints = 1.15f;

    // The middle of the square in a crop of 112.
    private const float MiddleX = 56, MiddleY = 65;

    // Points that lie so far from a face's, in pixels of a crop of 112, are no guide.
    private const float LargestError = 12;

    public static FaceSquare Of(BoxF box, FaceLandmarks? landmarks)
    {
        if (landmarks is { } l)
        {
            var fit = FaceFit.To(
                [l.RightEyeX, l.RightEyeY, l.LeftEyeX, l.LeftEyeY, l.NoseX, l.NoseY, l.RightMouthX, l.RightMouthY, l.LeftMouthX, l.LeftMouthY]);
            var scale = float.Hypot(fit.A, fit.B);
            if (fit.Error < LargestError && scale > 0)
            {
                var (x, y) = fit.At(MiddleX, MiddleY);
                return new FaceSquare(x, y, OfPoints * FaceFit.Side * scale, fit.A / scale, fit.B / scale);
            }
        }

        return new FaceSquare(box.CentreX, box.CentreY, OfBox * MathF.Max(box.Width, box.Height), 1, 0);
    }

    /// <summary>Whether it is made of numbers, so that something can be cut out.</summary>
    public bool IsUsable => float.IsFinite(X + Y + Side + Cosine + Sine) && Side >= 1;
}
