using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Redaction.Effects.Marking;
using LiveFace.Redaction.Effects.Pictures;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>Grey pictures with a mark on them.</summary>
internal static class MarkPictures
{
    public const byte Ground = 100;
    public const int Width = 400;
    public const int Height = 300;

    public static readonly WatermarkSettings Logo = new() { Picture = Square(255), Size = 0.25f, Place = WatermarkPlace.Single };

    public static byte[,] On(WatermarkSettings settings)
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Flat(pool, Width, Height, Ground, 128, 128);
        using var mark = new Watermark(settings);
        mark.Apply(frame);
        return TestFrame.Luma(frame);
    }

    public static PixelRect Box(byte[,] luma, byte ground = Ground)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, -1, -1);
        for (var y = 0; y < luma.GetLength(0); y++)
            for (var x = 0; x < luma.GetLength(1); x++)
                if (Math.Abs(luma[y, x] - ground) > 60)
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
        return new PixelRect(left, top, right + 1 - left, bottom + 1 - top);
    }

    public static OverlayPicture Square(byte grey, byte alpha = 255)
    {
        var pixels = new byte[64 * 64 * 4];
        for (var i = 0; i < pixels.Length; i += 4)
            (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = (grey, grey, grey, alpha);
        return new OverlayPicture(new RgbaImage(64, 64, pixels));
    }
}
