using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Redaction.Policy;
using LiveFace.Reidentify;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>What hides a region comes from what the picture shows bare, and from nothing else.</summary>
public sealed class FillEffectTests : IDisposable
{
    private readonly FramePool _pool = new();

    public void Dispose() => _pool.Dispose();

    /// <summary>All but looks: effects that are known to show what they were computed from.</summary>
    public static TheoryData<EffectKind> Filling => [.. Enum.GetValues<EffectKind>().Where(kind => kind is not (EffectKind.Mosaic or EffectKind.SoftBlur))];

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
    [MemberData(nameof(Filling))]
    public void What_a_soft_edge_covers_in_part_goes_into_no_other_point(EffectKind kind)
    {
        var random = new Random(2);
        for (var round = 0; round < 60; round++)
        {
            var region = new EffectRegion(
                new PixelRect(random.Next(0, 100), random.Next(0, 80), random.Next(20, 120), random.Next(20, 120)),
                RegionShape.Ellipse, 0.2f, Seed: 4);
            var cover = RegionCover.Of(_pool, 220, 180, region);
            using var first = TestFrame.Noise(_pool, 220, 180, round);
            using var second = TestFrame.Noise(_pool, 220, 180, round);
            Replace(second, cover, from: 1, random);

            Make(kind).Apply(first, region);
            Make(kind).Apply(second, region);

            for (var y = 0; y < 180; y++)
                for (var x = 0; x < 220; x++)
                    if (cover[y, x] is 0 or 255)
                        second.RowY(y)[x].ShouldBe(first.RowY(y)[x], $"{region} at {x},{y}");
        }
    }

    [Theory]
    [MemberData(nameof(Filling))]
    public void Neighbours_that_touch_or_overlap_are_never_filled_with_one_another(EffectKind kind)
    {
        var random = new Random(3);
        var hidden = new HiddenBlocks();
        for (var round = 0; round < 100; round++)
        {
            var regions = new EffectRegion[random.Next(2, 6)];
            var cover = new byte[180, 240];
            for (var i = 0; i < regions.Length; i++)
            {
                regions[i] = new EffectRegion(
                    new PixelRect(random.Next(20, 160), random.Next(10, 120), random.Next(8, 70), random.Next(8, 70)),
                    random.Next(2) == 0 ? RegionShape.Ellipse : RegionShape.Box, 0.08f, Seed: (uint)i);
                var own = RegionCover.Of(_pool, 240, 180, regions[i]);
                for (var y = 0; y < 180; y++)
                    for (var x = 0; x < 240; x++)
                        cover[y, x] = Math.Max(cover[y, x], own[y, x]);
            }

            using var first = TestFrame.Noise(_pool, 240, 180, round);
            using var second = TestFrame.Noise(_pool, 240, 180, round);
            Replace(second, cover, from: 255, random);
            HideAll(first);
            HideAll(second);

            ShouldBeSame(second, first, $"round {round}");

            void HideAll(VideoFrame frame)
            {
                hidden.Begin(frame);
                foreach (var region in regions)
                    hidden.Add(frame, region);
                foreach (var region in regions)
                    Make(kind).Apply(frame, region, hidden);
            }
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

    [Fact]
    public void A_slope_goes_on_as_if_nothing_had_been_in_the_way()
    {
        using var frame = TestFrame.Flat(_pool, 400, 300, 0, 128, 128);
        for (var y = 0; y < 300; y++)
            for (var x = 0; x < 400; x++)
                frame.RowY(y)[x] = (byte)(50 + x / 4 + y / 6);
        for (var y = 100; y < 200; y++)
            frame.RowY(y)[150..250].Fill(255);

        new FillEffect(0).Apply(frame, new EffectRegion(new PixelRect(150, 100, 100, 100)));

        for (var y = 100; y < 200; y++)
            for (var x = 150; x < 250; x++)
                ((double)frame.RowY(y)[x]).ShouldBe(50 + x / 4 + y / 6, 9, $"{x},{y}");
    }

    [Fact]
    public void At_the_pictures_border_the_fill_comes_from_the_side_that_is_there()
    {
        using var frame = TestFrame.Flat(_pool, 200, 200, 60, 100, 150);

        new FillEffect().Apply(frame, new EffectRegion(new PixelRect(-30, -40, 120, 160)));

        for (var y = 0; y < 120; y++)
            for (var x = 0; x < 90; x++)
                ((double)frame.RowY(y)[x]).ShouldBe(60, 3.5);
        frame.RowU(10)[10].ShouldBe((byte)100);
        frame.RowV(10)[10].ShouldBe((byte)150);
    }

    [Fact]
    public void A_mask_that_moves_by_a_pixel_changes_the_fill_by_little()
    {
        using var scene = TestFrame.Flat(_pool, 320, 240, 0, 128, 128);
        for (var y = 0; y < 240; y++)
            for (var x = 0; x < 320; x++)
                scene.RowY(y)[x] = (byte)(x / 20 % 2 == 0 ? 50 : 190);
        byte[,]? last = null;
        for (var step = 0; step < 24; step++)
        {
            using var frame = FrameOf(scene);
            new FillEffect().Apply(frame, new EffectRegion(new PixelRect(90 + step, 60, 100, 120), Seed: 1));
            var now = TestFrame.Luma(frame);
            var change = 0.0;
            for (var y = 60; y < 180 && last is not null; y++)
                for (var x = 114; x < 190; x++)
                    change += Math.Abs(now[y, x] - last[y, x]);
            (change / (120 * 76)).ShouldBeLessThan(20, $"step {step}");
            last = now;
        }
    }

    [Fact]
    public void The_surface_has_no_hard_steps()
    {
        using var frame = TestFrame.Noise(_pool, 300, 300);

        new FillEffect().Apply(frame, new EffectRegion(new PixelRect(20, 20, 240, 240), Seed: 1));

        for (var y = 20; y < 260; y++)
            for (var x = 21; x < 260; x++)
                Math.Abs(frame.RowY(y)[x] - frame.RowY(y)[x - 1]).ShouldBeLessThan(8);
    }

    [Fact]
    public void More_strength_leaves_a_calmer_fill()
    {
        var last = double.MaxValue;
        foreach (var strength in new[] { 0, 50, 100 })
        {
            var unrest = 0.0;
            foreach (var stripe in new[] { 30, 40, 50, 60, 70 })
            {
                using var frame = TestFrame.Flat(_pool, 400, 400, 0, 128, 128);
                for (var y = 0; y < 400; y++)
                    for (var x = 0; x < 400; x++)
                        frame.RowY(y)[x] = (byte)(x / stripe % 2 == 0 ? 40 : 200);
                new FillEffect(strength).Apply(frame, new EffectRegion(new PixelRect(100, 100, 200, 200)));
                for (var x = 120; x < 280; x++)
                    unrest += Math.Abs(frame.RowY(108)[x] - frame.RowY(108)[x - 20]);
            }

            unrest.ShouldBeLessThan(last);
            last = unrest;
        }
    }

    private static IRegionEffect Make(EffectKind kind, int strength = EffectSettings.DefaultStrength) =>
        RegionEffects.Create(new EffectSettings { Kind = kind, Strength = strength, Picture = EveryEffectTests.Ring });

    /// <summary>Puts something else wherever a pixel is covered so much; in colours, where all four of its pixels are.</summary>
    private static void Replace(VideoFrame frame, byte[,] cover, byte from, Random random)
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

    private VideoFrame FrameOf(VideoFrame frame)
    {
        var copy = TestFrame.Flat(_pool, frame.Width, frame.Height, 0, 128, 128);
        for (var y = 0; y < frame.Height; y++)
            frame.RowY(y).CopyTo(copy.RowY(y));
        return copy;
    }

    private static void ShouldBeSame(VideoFrame frame, VideoFrame other, string what)
    {
        for (var plane = 0; plane < 3; plane++)
            TestFrame.Planes(frame)[plane].Cast<byte>().SequenceEqual(TestFrame.Planes(other)[plane].Cast<byte>()).ShouldBeTrue($"{what}: plane {plane}");
    }
}
