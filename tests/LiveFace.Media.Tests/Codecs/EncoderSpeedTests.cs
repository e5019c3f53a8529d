using LiveFace.Media.Codecs;

namespace LiveFace.Media.Tests.Codecs;

public sealed class EncoderSpeedTests
{
    private const double FramesPerSecond = 30;

    [Fact]
    public void A_slow_machine_ends_at_the_fastest_step()
    {
        var speed = new EncoderSpeed(0.1, null, 2);
        Run(speed, TimeSpan.FromMilliseconds(30), 300);
        speed.Step.ShouldBe(EncoderSpeed.Fastest);
    }

    [Fact]
    public void A_calm_machine_takes_quality_back_but_slowly()
    {
        var speed = new EncoderSpeed(0.1, null, 2);
        Run(speed, TimeSpan.FromMilliseconds(0.5), 200);
        speed.Step.ShouldBe(2);
        Run(speed, TimeSpan.FromMilliseconds(0.5), 2000);
        speed.Step.ShouldBe(0);
    }

    [Fact]
    public void A_load_near_its_share_changes_nothing()
    {
        var speed = new EncoderSpeed(0.1, null, 3);
        Run(speed, TimeSpan.FromMilliseconds(2.5), 2000);
        speed.Step.ShouldBe(3);
    }

    [Fact]
    public void One_slow_frame_is_forgiven()
    {
        var speed = new EncoderSpeed(0.1, null, 3);
        Run(speed, TimeSpan.FromMilliseconds(2), 100);
        Run(speed, TimeSpan.FromMilliseconds(12), 1);
        Run(speed, TimeSpan.FromMilliseconds(2), 100);
        speed.Step.ShouldBe(3);
    }

    [Fact]
    public void It_does_not_swing_between_a_step_that_fits_and_one_that_does_not()
    {
        var speed = new EncoderSpeed(0.1, null, 3);
        var changes = 0;
        for (var i = 0; i < 5000; i++)
        {
            // Each step faster takes three quarters of the time; step 4 is the first that fits.
            var taken = TimeSpan.FromMilliseconds(3.9 * Math.Pow(0.75, speed.Step - 3));
            changes += speed.Report(taken, FramesPerSecond) ? 1 : 0;
        }

        speed.Step.ShouldBe(4);
        changes.ShouldBe(1);
    }

    [Fact]
    public void A_fixed_step_stays()
    {
        var speed = new EncoderSpeed(0.1, 5, 0);
        Run(speed, TimeSpan.FromMilliseconds(500), 500);
        speed.Step.ShouldBe(5);
    }

    private static void Run(EncoderSpeed speed, TimeSpan taken, int frames)
    {
        for (var i = 0; i < frames; i++)
            speed.Report(taken, FramesPerSecond);
    }
}
