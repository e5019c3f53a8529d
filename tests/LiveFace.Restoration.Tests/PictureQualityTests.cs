using LiveFace.Media.Frames;
using LiveFace.Restoration.Measures;

namespace LiveFace.Restoration.Tests;

public sealed class PictureQualityTests
{
    [Fact]
    public void A_picture_is_like_itself_and_each_step_away_is_further()
    {
        using var pool = new FramePool(0);
        using var wanted = Picture(pool, 0);
        var marked = new byte[64 * 64];
        marked.AsSpan(0, 64 * 32).Fill(255);
        var same = PictureQuality.Of(wanted, wanted, marked);
        (same.Ssim, same.SsimMarked).ShouldBe((1, 1));
        same.Psnr.ShouldBeGreaterThan(65);
        var last = same;
        foreach (var noise in new[] { 4, 12, 40 })
        {
            using var got = Picture(pool, noise);
            var next = PictureQuality.Of(wanted, got, marked);
            next.Psnr.ShouldBeLessThan(last.Psnr);
            next.Ssim.ShouldBeLessThan(last.Ssim);
            last = next;
        }
    }

    [Fact]
    public void Grey_that_is_ten_steps_off_where_the_mark_lay_has_the_decibels_of_the_definition()
    {
        using var pool = new FramePool(0);
        using var wanted = pool.Rent(40, 40);
        using var got = pool.Rent(40, 40);
        FrameCopy.Fill(wanted, 100, 128, 128);
        FrameCopy.Fill(got, 100, 128, 128);
        var marked = new byte[40 * 40];
        for (var y = 0; y < 20; y++)
        {
            got.RowY(y).Fill(110);
            marked.AsSpan(y * 40, 40).Fill(255);
        }

        var quality = PictureQuality.Of(wanted, got, marked);
        var step = 10 * 255 / 219.0;
        quality.PsnrMarked.ShouldBe(20 * Math.Log10(255 / step), 0.02);
        quality.Psnr.ShouldBe(20 * Math.Log10(255 / step) + 10 * Math.Log10(2), 0.02);
        quality.SsimMarked.ShouldBeLessThan(quality.Ssim);
    }

    [Fact]
    public void Overlap_is_of_both_by_of_either()
    {
        PictureQuality.Overlap([255, 255, 0, 0], [200, 0, 200, 0]).ShouldBe(1 / 3.0, 1e-9);
        PictureQuality.Overlap([0, 0], [0, 100]).ShouldBe(1);
    }

    private static VideoFrame Picture(FramePool pool, int noise)
    {
        var chance = new Random(3);
        var frame = pool.Rent(64, 64);
        FrameCopy.Fill(frame, 100, 128, 128);
        for (var y = 0; y < 64; y++)
            for (var x = 0; x < 64; x++)
                frame.RowY(y)[x] = (byte)Math.Clamp(60 + x + y + chance.Next(-noise, noise + 1), 16, 235);
        return frame;
    }
}
