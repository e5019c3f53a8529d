using System.Globalization;
using LiveFace.Media.Frames;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>Looks for the raw face in returned pictures.</summary>
internal static class FaceWatch
{
    /// <summary>How many of the pictures show the face, how many are covered, and how many are readable.</summary>
    public static (int Shown, int Unreadable, int Readable) Count(NumberedClip clip, IReadOnlyList<ReturnedPicture> pictures)
    {
        var seen = pictures.Select(picture => See(clip, picture)).ToList();
        var unreadable = seen.Count(one => one.Number is null);
        return (seen.Count(one => one.IsShown), unreadable, seen.Count - unreadable);
    }

    /// <summary>That no picture shows the face; says of one that does which it is and how much of the face is in it.</summary>
    public static void ShouldHide(NumberedClip clip, IReadOnlyList<ReturnedPicture> pictures)
    {
        var seen = pictures.Select(picture => See(clip, picture)).ToList();
        var told = seen.Select((one, i) => (one, i)).Where(at => at.one.IsShown).Select(at =>
            $"picture {at.i} of {seen.Count}, {pictures[at.i].Width}×{pictures[at.i].Height}, {(at.one.Number is { } number ? $"number {number}" : "without a number")}: {at.one.Likeness:0.00} of the face of {at.one.Face}");
        told.ShouldBeEmpty($"All: {string.Join(' ', seen.Select(one => $"{one.Number?.ToString(CultureInfo.InvariantCulture) ?? "–"}:{one.Likeness:0.00}"))}");
    }

    /// <summary>The number that a picture carries, and the face of the clip that it is most like; without its number it is held against every one.</summary>
    private static Sighting See(NumberedClip clip, ReturnedPicture picture)
    {
        var full = Enlarge(picture, clip.Scene.Width, clip.Scene.Height);
        var number = FrameNumber.ReadFrom(full, clip.Scene.Width, clip.Scene.Height);
        var faces = number is { } known ? Enumerable.Range(known, 1) : Enumerable.Range(0, NumberedClip.Frames);
        return faces.Select(face => new Sighting(number, face, Likeness.Of(clip.Luma(face), full, clip.Scene.Width, clip.Scene.Height, clip.Face(face)))).MaxBy(one => one.Likeness);
    }

    private static byte[] Enlarge(ReturnedPicture picture, int width, int height)
    {
        if (picture.Width == width && picture.Height == height)
            return picture.Luma.ToArray();
        using var pool = new FramePool();
        using var to = picture.ToFrame(pool, width, height);
        var luma = new byte[width * height];
        for (var y = 0; y < height; y++)
            to.RowY(y).CopyTo(luma.AsSpan(y * width));
        return luma;
    }

    private readonly record struct Sighting(int? Number, int Face, double Likeness)
    {
        public bool IsShown => Likeness > TestKit.Likeness.Shown;
    }
}
