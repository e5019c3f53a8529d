namespace LiveFace.WebRtc.Tests.Ice;

/// <summary>When consent is asked for, and how often (RFC 7675 5.1).</summary>
public sealed class ConsentRequestTests : PathConsentTestBase
{
    [Fact] // RFC 7675 5.1: each five seconds, spread from 0.8 to 1.2 times.
    public void Consent_is_asked_for_again_every_five_seconds()
    {
        var now = Start;
        Answer(Ask(now), now).ShouldBeTrue();
        var waits = new List<double>();
        for (var i = 0; i < 50; i++)
        {
            waits.Add((_consent.NextCheck - now).TotalSeconds);
            now = _consent.NextCheck;
            Answer(Ask(now), now).ShouldBeTrue();
        }

        waits.ShouldAllBe(wait => wait >= 4 && wait <= 6);
        waits.Distinct().Count().ShouldBeGreaterThan(10);
    }

    [Fact]
    public void An_address_that_never_answers_gets_a_handful_of_requests()
    {
        var now = Start;
        _consent.Ask(now);
        var requests = 0;
        while (_consent.NextCheck < TimeSpan.MaxValue)
        {
            now = _consent.NextCheck;
            Ask(now);
            (++requests).ShouldBeLessThan(10);
        }

        requests.ShouldBe(5);
        (now - Start).ShouldBeLessThan(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void Checks_in_quick_succession_make_no_more_requests_than_ten_a_second()
    {
        _consent.Ask(Start);
        Ask(Start);
        _consent.Ask(Start + TimeSpan.FromMilliseconds(1));
        _consent.NextCheck.ShouldBeGreaterThanOrEqualTo(Start + TimeSpan.FromMilliseconds(100));
    }
}
