using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Tests.Detection;

public sealed class LookSchedulerTests
{
    private const long Small = 320 * 240;

    private readonly LookScheduler _free = new(new InputSize(640, 480), 32);
    private readonly LookPlan _plan = new(12);

    private static TimeSpan Milliseconds(double value) => TimeSpan.FromMilliseconds(value);

    private static Track Face(float x, float y, float height) => new(
        1, 0, 0, 0.9f, new BoxF(x - height / 2, y - height / 2, x + height / 2, y + height / 2), default, 0, 0,
        default, default, false);

    private LookPlan Plan(double budget, int width = 640, int height = 480, params ReadOnlySpan<Track> tracks)
    {
        _free.Plan(_plan, width, height, tracks, 0, Milliseconds(budget));
        return _plan;
    }

    [Fact]
    public void The_first_look_is_the_cheapest_whole_one()
    {
        Plan(8).Count.ShouldBe(1);
        _plan.Windows[0].ShouldBe(new PlannedWindow(new PixelRect(0, 0, 640, 480), new InputSize(320, 256), true));
    }

    [Theory]
    [InlineData(1.3, 640)]
    [InlineData(2.5, 480)]
    [InlineData(6, 320)]
    [InlineData(500, 320)]
    public void The_whole_look_is_as_fine_as_the_budget_allows(double cost, int width)
    {
        _free.Learn(Small, Milliseconds(cost));
        Plan(8).Windows[0].Size.Width.ShouldBe(width);
        _plan.Windows[0].IsWhole.ShouldBeTrue();
    }

    [Fact]
    public void The_plan_keeps_to_the_budget_but_for_the_whole_look()
    {
        _free.Learn(Small, Milliseconds(1.3));
        foreach (var budget in new[] { 3.0, 8, 13, 20 })
        {
            Plan(budget, 1280, 720, Face(100, 100, 20), Face(900, 500, 24), Face(600, 300, 18));
            var pixels = 0L;
            foreach (var window in _plan.Windows)
                pixels += window.Size.Area;
            (pixels * 1.3 / Small).ShouldBeLessThanOrEqualTo(budget * 1.02);
        }
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

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Every_input_is_one_that_the_model_takes(int step)
    {
        var scheduler = new LookScheduler(new InputSize(640, 448), step);
        scheduler.Learn(Small, Milliseconds(1));

        for (var looks = 0; looks < 8; looks++)
        {
            scheduler.Plan(_plan, 1280, 720, [Face(300, 300, 20), Face(900, 200, 500)], 0, Milliseconds(40));

            _plan.Count.ShouldBeGreaterThan(2);
            foreach (ref readonly var planned in _plan.Windows)
                (planned.Size.Width % step, planned.Size.Height % step).ShouldBe((0, 0));
        }
    }

    [Fact]
    public void A_model_of_one_size_gets_that_size()
    {
        var own = new InputSize(640, 640);
        var scheduler = new LookScheduler(own, 0);
        scheduler.Learn(own.Area, Milliseconds(2));
        scheduler.Plan(_plan, 1920, 1080, [], 0, Milliseconds(8));
        _plan.Count.ShouldBeGreaterThan(1);
        foreach (var planned in _plan.Windows)
            planned.Size.ShouldBe(own);
    }

    [Fact]
    public void Costs_follow_the_load()
    {
        _free.Learn(Small, Milliseconds(1));
        for (var i = 0; i < 40; i++)
            _free.Learn(Small, Milliseconds(10));
        _free.CostOf(new InputSize(320, 240)).TotalMilliseconds.ShouldBe(10, 0.1);
        for (var i = 0; i < 40; i++)
            _free.Learn(Small, Milliseconds(1));
        _free.CostOf(new InputSize(320, 240)).TotalMilliseconds.ShouldBe(1, 0.1);
    }
}
