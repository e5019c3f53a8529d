using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Reidentify;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>How much of each pixel a region covers, 0 to 255: white over black shows it.</summary>
internal static class RegionCover
{
    public static byte[,] Of(FramePool pool, int width, int height, EffectRegion region)
    {
        using var frame = TestFrame.Flat(pool, width, height, 16, 128, 128);
        new SolidEffect(RgbColor.White).Apply(frame, region);
        var cover = TestFrame.Luma(frame);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                cover[y, x] = (byte)((cover[y, x] - 16) * 255 / 219);
        return cover;
    }
}
