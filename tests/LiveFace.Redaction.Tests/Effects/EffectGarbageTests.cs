using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Reidentify;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>Effects make no garbage and throw at no region.</summary>
public class EffectGarbageTests
{
    public static TheoryData<EffectKind> Kinds => [.. Enum.GetValues<EffectKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_region_makes_it_throw(EffectKind kind)
    {
        using var pool = new FramePool();
        var effect = EffectSamples.Make(kind);
        int[] numbers = [int.MinValue, -5000, -3, -1, 0, 1, 2, 7, 64, 5000, int.MaxValue];
        float[] feathers = [0, 0.3f, 1, 40, -1, float.NaN, float.PositiveInfinity];
        var random = new Random(3);
        var mask = new AlphaMask(3, 5);
        random.NextBytes(mask.Pixels);
        foreach (var (width, height) in new[] { (1, 1), (1, 9), (9, 1), (2, 2), (65, 33), (320, 240) })
        {
            using var frame = TestFrame.Noise(pool, width, height);
            for (var round = 0; round < 400; round++)
            {
                var bounds = new PixelRect(Pick(), Pick(), Pick(), Pick());
                var shape = (RegionShape)random.Next(4);
                effect.Apply(frame, new EffectRegion(bounds, shape, feathers[random.Next(feathers.Length)],
                    random.Next(2) == 0 ? mask : null, (uint)round));
            }
        }

        int Pick() => numbers[random.Next(numbers.Length)];
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_allocated_once_the_largest_region_was_seen(EffectKind kind)
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Noise(pool, 640, 480);
        var effect = EffectSamples.Make(kind);
        var mask = new AlphaMask(16, 16);
        Round();
        Round();

        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 20; i++)
            Round();
        ThreadAllocations.Since(before).ShouldBe(0);

        void Round()
        {
            effect.Apply(frame, new EffectRegion(new PixelRect(10, 10, 300, 400), RegionShape.Ellipse, 0.2f));
            effect.Apply(frame, new EffectRegion(new PixelRect(-30, 20, 111, 91)));
            effect.Apply(frame, new EffectRegion(new PixelRect(300, 20, 400, 400), RegionShape.Mask, 0, mask));
            effect.Apply(frame, new EffectRegion(new PixelRect(0, 0, 640, 480), RegionShape.OutsideMask, 0, mask));
        }
    }
}
