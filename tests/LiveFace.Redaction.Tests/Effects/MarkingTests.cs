using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects.Marking;

namespace LiveFace.Redaction.Tests.Effects;

/// <summary>Where marks stand, how large they are and how they meet the picture; a plain square stands for a logo.</summary>
public sealed class MarkingTests
{

    [Fact]
    public void A_mark_is_a_quarter_of_the_width_and_stands_where_it_is_told_to()
    {
        var places = new (WatermarkPlace Place, int Left, int Top)[]
        {
            (WatermarkPlace.Single, 150, 100), (WatermarkPlace.TopLeft, 6, 6), (WatermarkPlace.TopRight, 294, 6),
            (WatermarkPlace.BottomLeft, 6, 194), (WatermarkPlace.BottomRight, 294, 194),
        };
        foreach (var (place, left, top) in places)
            MarkPictures.Box(MarkPictures.On(MarkPictures.Logo with { Place = place })).ShouldBe(new PixelRect(left, top, 100, 100), place.ToString());
    }

    [Fact]
    public void Size_and_angle_change_the_box_that_a_mark_takes()
    {
        MarkPictures.Box(MarkPictures.On(MarkPictures.Logo with { Size = 0.5f })).ShouldBe(new PixelRect(100, 50, 200, 200));
        var turned = MarkPictures.Box(MarkPictures.On(MarkPictures.Logo with { Angle = 45 }));
        turned.Width.ShouldBeInRange(138, 142);
        turned.Height.ShouldBeInRange(138, 142);
        Marked(MarkPictures.On(MarkPictures.Logo with { Angle = 45 })).ShouldBeInRange(9_800, 10_300);
        MarkPictures.Box(MarkPictures.On(MarkPictures.Logo with { Angle = 90 })).ShouldBe(new PixelRect(150, 100, 100, 100));
    }

    [Fact]
    public void A_mark_that_is_larger_than_the_picture_is_made_to_fit()
    {
        MarkPictures.Box(MarkPictures.On(MarkPictures.Logo with { Size = 1 })).ShouldBe(new PixelRect(50, 0, 300, 300));
        var turned = MarkPictures.Box(MarkPictures.On(MarkPictures.Logo with { Size = 1, Angle = 30 }));
        turned.Height.ShouldBeInRange(296, 300);
    }

    [Fact]
    public void Tiles_have_the_gap_that_is_asked_for()
    {
        var close = Marked(MarkPictures.On(MarkPictures.Logo with { Place = WatermarkPlace.Tiled, Spacing = 0 }));
        var usual = Marked(MarkPictures.On(MarkPictures.Logo with { Place = WatermarkPlace.Tiled }));
        var wide = Marked(MarkPictures.On(MarkPictures.Logo with { Place = WatermarkPlace.Tiled, Spacing = 3 }));
        close.ShouldBeGreaterThan(usual * 3 / 2);
        usual.ShouldBeGreaterThan(wide * 3);
    }

    [Fact]
    public void Any_size_of_picture_takes_any_mark_and_gets_nothing_over_its_edges()
    {
        using var pool = new FramePool();
        foreach (var (width, height) in new[] { (1, 1), (1, 30), (17, 9), (641, 479), (33, 1200) })
            foreach (var place in Enum.GetValues<WatermarkPlace>())
                foreach (var (size, angle) in new[] { (0.02f, 0f), (1f, 33f), (0.4f, -90f) })
                {
                    using var frame = TestFrame.Noise(pool, width, height);
                    using var mark = new Watermark(MarkPictures.Logo with { Place = place, Size = size, Angle = angle, Spacing = 0 });
                    mark.Apply(frame);
                }

        pool.Outstanding.ShouldBe(0);
    }

    [Fact]
    public void A_turned_logo_allocates_nothing_per_frame()
    {
        using var pool = new FramePool();
        using var frame = TestFrame.Noise(pool, 640, 480);
        using var mark = new Watermark(MarkPictures.Logo with { Place = WatermarkPlace.Tiled, Angle = 30, Blend = WatermarkBlend.Screen });
        mark.Apply(frame);
        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 20; i++)
            mark.Apply(frame);
        ThreadAllocations.Since(before).ShouldBe(0);
    }

    private static int Marked(byte[,] luma) => luma.Cast<byte>().Count(value => Math.Abs(value - MarkPictures.Ground) > 60);
}
