using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Reidentify;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>What holds for each effect that a policy can name.</summary>
public class EveryEffectTests
{
    public static TheoryData<EffectKind> Kinds => [.. Enum.GetValues<EffectKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_outside_of_the_snapped_box_changes(EffectKind kind)
    {
        using var pool = new FramePool();
        var effect = EffectSamples.Make(kind);
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            using var frame = TestFrame.Noise(pool, random.Next(1, 140), random.Next(1, 140), round);
            var before = TestFrame.Planes(frame);
            var bounds = new PixelRect(random.Next(-60, 140), random.Next(-60, 140), random.Next(1, 150), random.Next(1, 150));

            effect.Apply(frame, new EffectRegion(bounds, Seed: 5));

            var after = TestFrame.Planes(frame);
            for (var plane = 0; plane < 3; plane++)
            {
                var shift = plane == 0 ? 1 : 0;
                for (var y = 0; y < before[plane].GetLength(0); y++)
                    for (var x = 0; x < before[plane].GetLength(1); x++)
                    {
                        var inside = x >> shift >= bounds.X >> 1 && x >> shift <= (bounds.Right - 1) >> 1 &&
                            y >> shift >= bounds.Y >> 1 && y >> shift <= (bounds.Bottom - 1) >> 1;
                        if (!inside)
                            after[plane][y, x].ShouldBe(before[plane][y, x], $"{bounds}: plane {plane} at {x},{y}");
                    }
            }
        }
    }

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
    public void The_same_seed_gives_the_same_picture(EffectKind kind)
    {
        using var pool = new FramePool();
        using var first = TestFrame.Noise(pool, 160, 120);
        using var second = TestFrame.Noise(pool, 160, 120);
        var region = new EffectRegion(new PixelRect(31, 21, 77, 81), RegionShape.Ellipse, 0.2f, Seed: 99);

        EffectSamples.Make(kind).Apply(first, region);
        var used = EffectSamples.Make(kind);
        using (var other = TestFrame.Noise(pool, 300, 200, 8))
            used.Apply(other, new EffectRegion(new PixelRect(0, 0, 250, 190), Seed: 3));
        used.Apply(second, region);

        for (var plane = 0; plane < 3; plane++)
            TestFrame.Planes(second)[plane].ShouldBe(TestFrame.Planes(first)[plane]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_flat_picture_becomes_a_mirrored_picture_when_it_is_mirrored(EffectKind kind)
    {
        // Noise differs by cell on purpose, so what is compared here is the shape of what changed, not its values.
        using var pool = new FramePool();
        using var frame = TestFrame.Flat(pool, 200, 160, 250, 10, 10);

        EffectSamples.Make(kind).Apply(frame, new EffectRegion(new PixelRect(60, 40, 80, 80), RegionShape.Ellipse));

        var luma = TestFrame.Luma(frame);
        for (var y = 0; y < 160; y++)
            for (var x = 0; x < 100; x++)
                (luma[y, x] == 250).ShouldBe(luma[y, 199 - x] == 250, $"{x},{y}");
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
