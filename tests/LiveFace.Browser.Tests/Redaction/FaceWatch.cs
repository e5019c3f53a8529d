using LiveFace.Media.Frames;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>Counts returned pictures in which the raw face can be seen.</summary>
internal static class FaceWatch
{
    /// <summary>How many of the pictures show the face, how many are covered, and how many are readable.</summary>
    public static (int Shown, int Unreadable, int Readable) Count(NumberedClip clip, IReadOnlyList<ReturnedPicture> pictures)
    {
        int shown = 0, unreadable = 0, readable = 0;
        foreach (var picture in pictures)
        {
            var full = Enlarge(picture, clip.Scene.Width, clip.Scene.Height);
            if (NumberedClip.NumberIn(full, clip.Scene.Width, clip.Scene.Height) is not { } number)
            {
                // Without its number the frame is held against every face of the clip.
                unreadable++;
                shown += Enumerable.Range(0, NumberedClip.Frames).Any(i => Likeness.Of(
                    clip.Luma(i), full, clip.Scene.Width, clip.Scene.Height, clip.Face(i)) > Likeness.Shown) ? 1 : 0;
                continue;
            }

            readable++;
            var likeness = Likeness.Of(clip.Luma(number), full, clip.Scene.Width, clip.Scene.Height, clip.Face(number));
            if (likeness > Likeness.Shown)
                shown++;
        }

        return (shown, unreadable, readable);
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
}
