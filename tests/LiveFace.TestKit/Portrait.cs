using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;

namespace LiveFace.TestKit;

/// <summary>
/// A portrait as people have them in files: astronaut.png of Debian's python3-skimage (NASA, public domain), 512 × 512,
/// and where its face is.
/// </summary>
public static class Portrait
{
    public const string Path = "/usr/lib/python3/dist-packages/skimage/data/astronaut.png";

    public static readonly BoxF Face = new(179, 78, 274, 185);

    /// <summary>How much of the face a picture of the portrait still has.</summary>
    public static double FaceIn(byte[] file) => FaceIdentity.LikenessOf(Luma(File.ReadAllBytes(Path)), Luma(file), 512, 512, Face);

    public static byte[] LumaOf(VideoFrame frame)
    {
        var luma = new byte[frame.Width * frame.Height];
        for (var y = 0; y < frame.Height; y++)
            frame.RowY(y).CopyTo(luma.AsSpan(y * frame.Width));
        return luma;
    }

    private static byte[] Luma(byte[] file)
    {
        using var pool = new FramePool(0);
        using var frame = ImageFile.Decode(file, pool);
        return LumaOf(frame);
    }
}
