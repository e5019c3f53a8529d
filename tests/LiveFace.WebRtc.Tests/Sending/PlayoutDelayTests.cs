using LiveFace.WebRtc.Sending;

namespace LiveFace.WebRtc.Tests.Sending;

public sealed class PlayoutDelayTests
{
    private readonly PlayoutDelay _delay = new(Ms(400));

    [Fact]
    public void On_a_path_without_loss_nothing_is_held_back()
    {
        for (var ms = 0; ms < 60_000; ms += 33)
        {
            _delay.OnLate(TimeSpan.Zero, Ms(ms));
            _delay.OnLate(Ms(15), Ms(ms));
            _delay.Update(Ms(ms)).ShouldBeFalse();
        }

        _delay.Current.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_stray_loss_or_two_hold_nothing_back()
    {
        for (var ms = 0; ms < 120_000; ms += 6_000)
        {
            _delay.OnLate(Ms(80), Ms(ms));
            _delay.Update(Ms(ms)).ShouldBeFalse();
        }

        // A burst of losses is one event.
        for (var i = 0; i < 30; i++)
            _delay.OnLate(Ms(80), Ms(200_000 + i));
        _delay.Update(Ms(200_100)).ShouldBeFalse();
    }

    [Fact]
    public void Repeated_losses_are_covered_all_but_the_longest()
    {
        int[] waits = [85, 90, 310, 140, 70];
        for (var i = 0; i < waits.Length; i++)
            _delay.OnLate(Ms(waits[i]), Ms(i * 500));
        _delay.Update(Ms(2500)).ShouldBeTrue();
        _delay.Current.ShouldBe(Ms(150));
        _delay.Update(Ms(2600)).ShouldBeFalse();
    }

    [Fact]
    public void It_ends_some_seconds_after_the_losses_and_can_begin_again()
    {
        for (var round = 0; round < 2; round++)
        {
            var from = round * 60_000;
            for (var i = 0; i < 10; i++)
                _delay.OnLate(Ms(100), Ms(from + i * 300));
            _delay.Update(Ms(from + 3_000)).ShouldBeTrue();
            _delay.Current.ShouldBe(Ms(110));
            _delay.Update(Ms(from + 7_000)).ShouldBeFalse();
            _delay.Update(Ms(from + 8_000)).ShouldBeTrue();
            _delay.Current.ShouldBe(TimeSpan.Zero);
        }
    }

    [Fact]
    public void It_shrinks_with_a_shorter_way_but_not_for_every_little()
    {
        var changes = new List<TimeSpan>();
        for (var ms = 0; ms < 40_000; ms += 250)
        {
            var wait = ms < 10_000 ? 200 : 90 + (ms / 250 % 2 * 10);
            _delay.OnLate(Ms(wait), Ms(ms));
            if (_delay.Update(Ms(ms)))
                changes.Add(_delay.Current);
        }

        changes.ShouldBe([Ms(210), Ms(110)]);
    }

    [Fact]
    public void It_never_asks_for_more_than_it_may()
    {
        for (var i = 0; i < 20; i++)
            _delay.OnLate(Ms(900), Ms(i * 300));
        _delay.Update(Ms(6000)).ShouldBeTrue();
        _delay.Current.ShouldBe(Ms(400));

        var never = new PlayoutDelay(TimeSpan.Zero);
        for (var i = 0; i < 20; i++)
            never.OnLate(Ms(90), Ms(i * 300));
        never.Update(Ms(6000)).ShouldBeFalse();
        never.Current.ShouldBe(TimeSpan.Zero);
    }

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
