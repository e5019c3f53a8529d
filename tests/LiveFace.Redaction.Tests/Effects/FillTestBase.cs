using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>Frames to fill, of a pool to which they come back.</summary>
public abstract class FillTestBase : IDisposable
{
    private protected readonly FramePool _pool = new();

    public void Dispose()
    {
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>All but looks: effects that are known to show what they were computed from.</summary>
    public static TheoryData<EffectKind> Filling => [.. Enum.GetValues<EffectKind>().Where(kind => kind is not (EffectKind.Mosaic or EffectKind.SoftBlur))];

    private protected static IRegionEffect Make(EffectKind kind, int strength = EffectSettings.DefaultStrength) =>
        RegionEffects.Create(new EffectSettings { Kind = kind, Strength = strength, Picture = EffectSamples.Ring });

    /// <summary>Puts something else wherever a pixel is covered so much; in colours, where all four of its pixels are.</summary>
    private protected static void Replace(VideoFrame frame, byte[,] cover, byte from, Random random)
    {
        for (var y = 0; y < frame.Height; y++)
            for (var x = 0; x < frame.Width; x++)
                if (cover[y, x] >= from)
                    frame.RowY(y)[x] = (byte)random.Next(256);
        for (var y = 0; y < frame.ChromaHeight; y++)
            for (var x = 0; x < frame.ChromaWidth; x++)
                if (Least(cover, 2 * x, 2 * y) >= from)
                {
                    frame.RowU(y)[x] = (byte)random.Next(256);
                    frame.RowV(y)[x] = (byte)random.Next(256);
                }
    }

    private static byte Least(byte[,] cover, int x, int y)
    {
        var (right, below) = (Math.Min(x + 1, cover.GetLength(1) - 1), Math.Min(y + 1, cover.GetLength(0) - 1));
        return Math.Min(Math.Min(cover[y, x], cover[y, right]), Math.Min(cover[below, x], cover[below, right]));
    }

    private protected static void ShouldBeSame(VideoFrame frame, VideoFrame other, string what)
    {
        for (var plane = 0; plane < 3; plane++)
            TestFrame.Planes(frame)[plane].Cast<byte>().SequenceEqual(TestFrame.Planes(other)[plane].Cast<byte>()).ShouldBeTrue($"{what}: plane {plane}");
    }
}
