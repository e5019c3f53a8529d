using LiveFace.Vision.Detection;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>What a look by need spends; a small pass costs 1.3 ms here and the budget is 8.</summary>
public sealed class LookPaceTests : LookPaceTestBase
{
    private static readonly InputSize Tiny = new(160, 128);

    [Fact]
    public void The_first_half_second_is_looked_at_with_all_that_there_is()
    {
        for (var look = 0; look < 15; look++)
            Look(LookPace.ByNeed).Sum(one => one.Size.Area).ShouldBeGreaterThan(4 * Small.Area);
    }

    [Fact]
    public void A_calm_picture_is_looked_at_whole_tiny_or_small_and_now_and_then_finely()
    {
        Calm();
        var looks = Enumerable.Range(0, 24).Select(_ => Look(LookPace.ByNeed)).ToArray();
        looks.ShouldAllBe(look => look[0].Window.Width == 640 && look[0].Window.Height == 480);
        looks.Count(look => look.Length == 1 && look[0].Size == Tiny).ShouldBe(18);
        looks.Count(look => look.Length == 1 && look[0].Size == Small).ShouldBe(4);
        looks.Count(look => look[0].Size.Width == 640).ShouldBe(2);
    }

    [Fact]
    public void At_full_pace_a_calm_picture_is_looked_at_with_all_that_there_is()
    {
        Calm();
        for (var look = 0; look < 8; look++)
            Look(LookPace.Full).Sum(one => one.Size.Area).ShouldBeGreaterThan(4 * Small.Area);
    }

    [Fact]
    public void What_appears_in_a_calm_picture_is_looked_at_closely_in_that_very_frame()
    {
        for (var spot = 0; spot < 12; spot++)
        {
            Calm();
            Paint(40 + 45 * spot, 30 + 35 * spot, 16);
            Look(LookPace.ByNeed).ShouldContain(one =>
                one.Window.X <= 40 + 45 * spot && one.Window.Right >= 56 + 45 * spot
                && one.Window.Y <= 30 + 35 * spot && one.Window.Bottom >= 46 + 35 * spot
                && one.Window.Width <= 1.1 * one.Size.Width);
        }
    }
}
