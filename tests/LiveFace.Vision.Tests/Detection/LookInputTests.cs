using LiveFace.Vision.Detection;

namespace LiveFace.Vision.Tests.Detection;

/// <summary>The sizes that looks are made at, and what they cost.</summary>
public sealed class LookInputTests : LookSchedulerTestBase
{
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
