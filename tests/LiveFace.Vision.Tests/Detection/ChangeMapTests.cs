using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tests.Detection;

public sealed class ChangeMapTests : ChangeMapTestBase
{
    [Fact]
    public void A_picture_that_nobody_looked_at_wants_all_of_it()
    {
        Compare();
        ShouldWantAll();
    }

    [Fact]
    public void A_still_picture_wants_nothing_once_it_was_looked_at()
    {
        Settle();
        Compare();
        Next().ShouldBeNull();
    }

    [Fact]
    public void Grain_is_no_change()
    {
        Settle();
        var random = new Random(1);
        for (var y = 0; y < Height; y++)
            foreach (ref var luma in _frame.RowY(y))
                luma = (byte)(luma + random.Next(-12, 13));
        Compare();
        Next().ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(310, 230)]
    [InlineData(624, 464)]
    public void What_changes_is_looked_at_in_the_same_frame_and_closely_where_it_is_small(int x, int y)
    {
        Settle();
        var patch = new PixelRect(x, y, 16, 16);
        Paint(patch, 130);
        Compare();
        var window = Next().ShouldNotBeNull();
        (window.X <= patch.X && window.Y <= patch.Y && window.Right >= patch.Right && window.Bottom >= patch.Bottom).ShouldBeTrue();
        window.Width.ShouldBe(Close.Width);
        Next().ShouldBeNull();
    }

    [Fact]
    public void A_slow_change_counts_as_soon_as_it_has_added_up()
    {
        Settle();
        for (byte luma = 101; luma < 106; luma++)
        {
            Paint(new PixelRect(160, 160, 64, 64), luma);
            Compare();
            Next().ShouldBeNull();
        }

        Paint(new PixelRect(160, 160, 64, 64), 106);
        Compare();
        Next().ShouldNotBeNull();
    }
}
