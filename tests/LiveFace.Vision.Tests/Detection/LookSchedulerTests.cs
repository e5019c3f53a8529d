using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tests.Detection;

public sealed class LookSchedulerTests : LookSchedulerTestBase
{
    [Fact]
    public void The_first_look_is_the_cheapest_whole_one()
    {
        Plan(8).Count.ShouldBe(1);
        _plan.Windows[0].ShouldBe(new PlannedWindow(new PixelRect(0, 0, 640, 480), new InputSize(320, 256), true));
    }

    [Fact]
    public void A_small_track_gets_a_window_that_enlarges_it()
    {
        _free.Learn(Small, Milliseconds(1.3));
        Plan(8, 640, 480, Face(400, 300, 12));
        var window = _plan.Windows[1];
        window.IsWhole.ShouldBeFalse();
        window.Window.Width.ShouldBe(106);
        (window.Window.X + window.Window.Width / 2).ShouldBeInRange(398, 402);
    }

    [Fact]
    public void A_large_track_gets_none()
    {
        _free.Learn(Small, Milliseconds(1.3));
        Plan(7, 640, 480, Face(400, 300, 60));
        foreach (var window in _plan.Windows[1..])
            (window.IsWhole || window.Window.Width is 160 or 80).ShouldBeTrue();
    }

    [Fact]
    public void All_small_tracks_get_their_turn()
    {
        _free.Learn(Small, Milliseconds(1.3));
        var tracks = Enumerable.Range(0, 6).Select(i => Face(50 + 100 * i, 240, 16)).ToArray();
        var seen = new HashSet<int>();
        for (var look = 0; look < 12; look++)
        {
            Plan(8, 640, 480, tracks);
            foreach (var planned in _plan.Windows)
                for (var t = 0; t < tracks.Length; t++)
                    if (!planned.IsWhole && planned.Window.X < tracks[t].Box.Left && planned.Window.Right > tracks[t].Box.Right)
                        seen.Add(t);
        }

        seen.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData(640, 480)]
    [InlineData(1280, 720)]
    [InlineData(333, 777)]
    public void The_scan_goes_round_the_whole_picture(int width, int height)
    {
        _free.Learn(Small, Milliseconds(1.3));
        var seen = new bool[width, height];
        for (var look = 0; look < 60; look++)
            foreach (var planned in Plan(8, width, height).Windows)
                if (!planned.IsWhole)
                    for (var x = planned.Window.X; x < planned.Window.Right; x++)
                        for (var y = planned.Window.Y; y < planned.Window.Bottom; y++)
                            seen[x, y] = true;
        foreach (var pixel in seen)
            pixel.ShouldBeTrue();
    }

    [Fact]
    public void Faces_that_fill_the_picture_are_looked_for_in_a_small_version()
    {
        _free.Learn(Small, Milliseconds(1.3));
        static bool HasSmall(LookPlan plan)
        {
            foreach (var planned in plan.Windows[1..])
                if (planned.IsWhole)
                    return true;
            return false;
        }

        Enumerable.Range(0, 8).Count(_ => HasSmall(Plan(8))).ShouldBe(2);
        Enumerable.Range(0, 8).Count(_ => HasSmall(Plan(8, 640, 480, Face(320, 240, 300)))).ShouldBe(8);
    }
}
