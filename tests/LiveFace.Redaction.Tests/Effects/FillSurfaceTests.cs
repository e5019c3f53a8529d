using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;
using LiveFace.Reidentify;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>How a fill looks: calm, smooth, and carried over from what is bare.</summary>
public sealed class FillSurfaceTests : FillTestBase
{
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

    private VideoFrame FrameOf(VideoFrame frame)
    {
        var copy = TestFrame.Flat(_pool, frame.Width, frame.Height, 0, 128, 128);
        for (var y = 0; y < frame.Height; y++)
            frame.RowY(y).CopyTo(copy.RowY(y));
        return copy;
    }
}
