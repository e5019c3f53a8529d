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
}
