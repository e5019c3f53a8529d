using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Marking;

namespace LiveFace.Redaction.Tests.Effects;

public class WatermarkTests
{
    private static byte[,] On(byte luma, float opacity, string text = "LiveFace")
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Flat(pool, 640, 480, luma, 128, 128);
        using var watermark = new Watermark(text, opacity);
        watermark.Apply(frame);
        return TestFrame.Luma(frame);
    }

    [Fact]
    public void Opacity_is_the_share_of_white_in_the_letters()
    {
        On(16, 1).Cast<byte>().Max().ShouldBe((byte)235);
        ((int)On(16, 0.5f).Cast<byte>().Max()).ShouldBeInRange(124, 128);
        On(16, 0).Cast<byte>().Max().ShouldBe((byte)16);
        On(16, float.NaN).Cast<byte>().Max().ShouldBe((byte)235);
    }

    [Fact]
    public void The_tiles_reach_every_part_of_the_picture()
    {
        var luma = On(16, 0.5f);
        for (var top = 0; top < 480; top += 120)
            for (var left = 0; left < 640; left += 320)
            {
                var seen = false;
                for (var y = top; y < top + 120; y++)
                    for (var x = left; x < left + 320; x++)
                        seen |= luma[y, x] > 60;
                seen.ShouldBeTrue($"{left},{top}");
            }
    }

    [Fact]
    public void Small_pictures_and_long_texts_are_taken()
    {
        using var pool = new FramePool();
        using var watermark = new Watermark(new string('x', 1000), 0.4f);
        foreach (var (width, height) in new[] { (1, 1), (1, 30), (17, 9), (641, 479) })
            using (var frame = TestFrame.Noise(pool, width, height))
                watermark.Apply(frame);
        pool.Outstanding.ShouldBe(0);
    }

    [Fact]
    public void Nothing_is_allocated_per_frame()
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Noise(pool, 640, 480);
        using var watermark = new Watermark("LiveFace", 0.4f);
        watermark.Apply(frame);
        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 20; i++)
            watermark.Apply(frame);
        ThreadAllocations.Since(before).ShouldBe(0);
    }
}
