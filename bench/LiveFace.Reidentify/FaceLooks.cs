using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;

namespace LiveFace.Reidentify;

/// <summary>Looks at many pictures at once, each thread with lanes of its own.</summary>
internal static class FaceLooks
{
    /// <summary>What a look at each file gave, in their order. Chance is the file's own, whatever thread looks at it.</summary>
    public static T[] All<T>(
        string[] files, IDetector detector, FaceIdentifier identifier, Func<string, IDetectorLane, FaceIdentifierLane, Random, T> look)
    {
        var looked = new T[files.Length];
        Parallel.For(0, files.Length, Cores.All, () => (Lane: detector.OpenLane(1), Identity: identifier.OpenLane()), (i, _, own) =>
        {
            looked[i] = look(files[i], own.Lane, own.Identity, new Random(i));
            return own;
        }, own =>
        {
            own.Lane.Dispose();
            own.Identity.Dispose();
        });
        return looked;
    }

    /// <summary>The picture as a camera further away would have it. Its sides are even.</summary>
    public static VideoFrame Smaller(VideoFrame picture, float scale, FramePool pool)
    {
        var smaller = pool.Rent(Math.Max(16, (int)(picture.Width * scale) & ~1), Math.Max(16, (int)(picture.Height * scale) & ~1));
        new FrameScaler().Scale(picture, smaller);
        return smaller;
    }
}
