using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Policy;
using LiveFace.Reidentify;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>What hides a region comes from what the picture shows bare, and from nothing else.</summary>
public sealed class FillEffectTests : FillTestBase
{
    [Fact]
    public void A_rule_hides_with_what_leaves_nothing_or_with_a_mosaic_and_with_nothing_else()
    {
        foreach (var effect in Enum.GetValues<RuleEffect>())
        {
            effect.Hides().ShouldBe(effect is not RuleEffect.Box, $"{effect}");
            effect.LeavesNothing().ShouldBe(effect.Hides() && effect != RuleEffect.Mosaic, $"{effect}");
        }
    }

    [Theory]
    [MemberData(nameof(Filling))]
    public void Whatever_is_covered_the_picture_comes_out_the_same_to_the_last_bit(EffectKind kind)
    {
        var random = new Random(1);
        var mask = new AlphaMask(9, 7);
        for (var round = 0; round < 300; round++)
        {
            var (width, height) = (random.Next(2, 260), random.Next(2, 200));
            for (var i = 0; i < mask.Pixels.Length; i++)
                mask.Pixels[i] = (byte)(random.Next(3) == 0 ? 255 : random.Next(2) == 0 ? 0 : random.Next(256));
            var region = new EffectRegion(
                new PixelRect(random.Next(-80, width), random.Next(-80, height), random.Next(1, 200), random.Next(1, 200)),
                (RegionShape)random.Next(4), random.Next(2) * 0.15f, random.Next(5) > 0 ? mask : null, (uint)round);
            var cover = RegionCover.Of(_pool, width, height, region);
            var effect = Make(kind, random.Next(101));
            using var first = TestFrame.Noise(_pool, width, height, round);
            using var second = TestFrame.Noise(_pool, width, height, round);
            Replace(second, cover, from: 255, random);

            effect.Apply(first, region);
            effect.Apply(second, region);

            ShouldBeSame(second, first, $"{width}x{height} {region}");
        }
    }

    [Theory]
    [InlineData(RegionShape.Box)]
    [InlineData(RegionShape.Ellipse)]
    public void A_picture_of_which_nothing_is_bare_becomes_one_grey(RegionShape shape)
    {
        using var frame = TestFrame.Noise(_pool, 90, 70);

        new FillEffect().Apply(frame, new EffectRegion(new PixelRect(-200, -200, 600, 600), shape));

        TestFrame.Luma(frame).Cast<byte>().ShouldAllBe(value => value >= 117 && value <= 123);
        TestFrame.BlueDifference(frame).Cast<byte>().ShouldAllBe(value => value == 128);
        TestFrame.RedDifference(frame).Cast<byte>().ShouldAllBe(value => value == 128);
    }
}
