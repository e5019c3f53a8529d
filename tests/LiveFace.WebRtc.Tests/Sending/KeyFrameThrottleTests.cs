using LiveFace.WebRtc.Sending;

namespace LiveFace.WebRtc.Tests.Sending;

public sealed class KeyFrameThrottleTests
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);

    private readonly KeyFrameThrottle _throttle = new();

    [Fact]
    public void The_first_request_passes_at_once_and_a_storm_becomes_four_a_second()
    {
        var passed = 0;
        for (var ms = 0; ms < 2000; ms += 5)
        {
            _throttle.Request(RoundTrip, Ms(ms));
            passed += _throttle.TakeDue(Ms(ms)) ? 1 : 0;
        }

        passed.ShouldBe(8);
    }

    [Fact]
    public void A_request_that_a_key_frame_overtakes_is_forgotten()
    {
        _throttle.Request(RoundTrip, Ms(0));
        _throttle.TakeDue(Ms(0)).ShouldBeTrue();
        _throttle.Request(RoundTrip, Ms(100));
        _throttle.OnKeyFrame(Ms(120));
        _throttle.TakeDue(Ms(1000)).ShouldBeFalse();
    }

    [Fact]
    public void A_request_made_before_the_key_frame_can_have_arrived_is_ignored()
    {
        _throttle.OnKeyFrame(Ms(100));
        _throttle.Request(RoundTrip, Ms(120));
        _throttle.TakeDue(Ms(120)).ShouldBeFalse();
        _throttle.Request(RoundTrip, Ms(160));
        _throttle.TakeDue(Ms(160)).ShouldBeTrue();
    }

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
