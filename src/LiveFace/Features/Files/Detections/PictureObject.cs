using System.Numerics;
using LiveFace.Films.Pictures;
using LiveFace.Vision.Attributes;

namespace LiveFace.Features.Files.Detections;

/// <summary>One thing in a picture; places are parts of the picture's width and height.</summary>
internal sealed record PictureObject(
    string Model, string Class, float Score, PictureBox Box, bool Hidden, IReadOnlyList<PicturePoint>? Landmarks,
    IReadOnlyList<IReadOnlyList<PicturePoint>>? Outline, FaceAttributes? Attributes)
{
    public static PictureObject Of(PictureFind find, int width, int height) =>
        new PictureObject(
            find.Model, find.Class, Round(find.Score), PartOf(find.Box, width, height), find.IsHidden,
            find.Landmarks is { } points ? [.. PointsOf(points).Select(point => Part(point, width, height))] : null,
            find.Outline is { } outline ? [.. outline.Select(ring => ring.Select(point => Part(point, width, height)).ToArray())] : null,
            FaceAttributes.Of(find.Reading));

    /// <summary>A box in pixels as parts of the picture.</summary>
    public static PictureBox PartOf(BoxF box, int width, int height)
    {
        var (left, top) = (box.Left / width, box.Top / height);
        return new PictureBox(Round(left), Round(top), Round(box.Right / width - left), Round(box.Bottom / height - top));
    }

    /// <summary>The person's right eye, left eye, nose, right and left corner of the mouth.</summary>
    public static Vector2[] PointsOf(in FaceLandmarks of) =>
    [
        new(of.RightEyeX, of.RightEyeY), new(of.LeftEyeX, of.LeftEyeY), new(of.NoseX, of.NoseY),
        new(of.RightMouthX, of.RightMouthY), new(of.LeftMouthX, of.LeftMouthY),
    ];

    public static PicturePoint Part(Vector2 point, int width, int height) => new(Round(point.X / width), Round(point.Y / height));

    // A hundred-thousandth is less than a pixel of the largest picture that is taken.
    private static float Round(float value) => MathF.Round(value, 5);
}

internal readonly record struct PictureBox(float X, float Y, float Width, float Height);

internal readonly record struct PicturePoint(float X, float Y);
