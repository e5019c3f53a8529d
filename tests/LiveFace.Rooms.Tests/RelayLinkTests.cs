using LiveFace.Rooms.Relay;

namespace LiveFace.Rooms.Tests;

/// <summary>A way between nodes that takes so much and no more, in virtual time: what the encoder is told to make for it.</summary>
public sealed class RelayLinkTests
{
    private const int FramesPerSecond = 30;
    private const long Wished = 3_000_000;

    private readonly RelayLink _link = new();
    private double _waiting;
    private int _pictures;
    private long _dropped;

    [Fact]
    public void A_way_that_takes_less_than_the_picture_has_it_made_smaller_until_nothing_waits_and_larger_again_when_it_can()
    {
        Run(seconds: 5, takes: 10_000_000);
        _link.Of(Wished).ShouldBe(Wished, "nothing waits");

        Run(seconds: 10, takes: 1_000_000);
        var dropped = _dropped;
        var rates = new List<long>();
        for (var i = 0; i < 60; i++)
        {
            Run(seconds: 0.5, takes: 1_000_000);
            rates.Add(_link.Of(Wished));
        }

        rates.Average().ShouldBeInRange(600_000, 1_100_000);
        (_dropped - dropped).ShouldBeLessThan(60 * FramesPerSecond / 2 / 20, "one in twenty");
        _link.Of(300_000).ShouldBe(300_000, "what viewers cannot take is not made for the way's sake");

        Run(seconds: 20, takes: 10_000_000);
        _link.Of(Wished).ShouldBe(Wished);
    }

    [Fact]
    public void A_way_that_takes_nothing_has_the_least_made_and_one_that_lags_for_a_moment_changes_nothing()
    {
        Run(seconds: 5, takes: 10_000_000);
        Run(seconds: 0.2, takes: 0);
        Run(seconds: 5, takes: 10_000_000);
        _link.Of(Wished).ShouldBe(Wished);
        Run(seconds: 10, takes: 0);
        _link.Of(Wished).ShouldBeLessThan(100_000);
    }

    private TimeSpan Now => TimeSpan.FromSeconds((double)_pictures / FramesPerSecond);

    /// <summary>An encoder that makes what it is told to, and a queue that lets go of what has no place.</summary>
    private void Run(double seconds, double takes)
    {
        for (var end = _pictures + (int)(seconds * FramesPerSecond); _pictures < end; _pictures++)
        {
            var bytes = _link.Of(Wished) / 8.0 / FramesPerSecond;
            var left = Math.Min(_waiting, takes / 8 / FramesPerSecond);
            _link.Wrote((int)left);
            _waiting -= left;
            var isLost = (_waiting / bytes) + 1 > RelayLimits.MostPictures;
            _waiting += isLost ? 0 : bytes;
            _dropped += isLost ? 1 : 0;
            _link.Look((int)Math.Ceiling(_waiting / bytes) - 1, isLost, Wished, Now);
        }
    }
}
