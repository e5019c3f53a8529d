using System.Text;
using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Ice;

public sealed class PathConsentTests
{
    const string Password = "their password of length";
    static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Start = TimeSpan.FromSeconds(100);

    readonly IceGeneration _generation = new(IceCredentials.Create(), "them", Password);
    readonly PathConsent _consent = new(Lifetime);

    [Fact] // RFC 8445 7.2.2, 7.2.4, RFC 7675 5.1
    public void A_request_carries_what_the_other_side_needs_to_answer_it()
    {
        var request = Ask(Start);
        StunMessage.TryRead(request, out var message).ShouldBeTrue();
        message.Type.ShouldBe(StunMessageType.BindingRequest);
        Encoding.ASCII.GetString(message.Username).ShouldBe("them:" + _generation.Local.Ufrag);
        message.IsControlled.ShouldBeTrue();
        message.Priority.ShouldNotBeNull();
        message.FingerprintFits.ShouldBeTrue();
        StunIntegrity.Fits(message, Encoding.ASCII.GetBytes(Password)).ShouldBeTrue();
    }

    [Fact] // RFC 7675 5.1
    public void An_answer_is_consent_for_its_lifetime_and_no_longer()
    {
        _consent.IsHeld(Start).ShouldBeFalse();
        Answer(Ask(Start), Start).ShouldBeTrue();
        _consent.IsHeld(Start + Lifetime - TimeSpan.FromTicks(1)).ShouldBeTrue();
        _consent.IsHeld(Start + Lifetime).ShouldBeFalse();
    }

    [Fact]
    public void Nothing_but_an_authentic_answer_to_what_was_asked_is_consent()
    {
        Answer(new byte[20], Start).ShouldBeFalse();
        var request = Ask(Start);
        var guessed = request.ToArray();
        guessed[19] ^= 1;
        Answer(guessed, Start).ShouldBeFalse();
        Answer(request, Start, "the password of another.").ShouldBeFalse();
        _consent.Heard(Start);
        _consent.IsHeld(Start).ShouldBeFalse();
    }

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

    [Fact]
    public void Who_answers_requests_has_consent_by_answers_alone()
    {
        Answer(Ask(Start), Start).ShouldBeTrue();
        _consent.Heard(Start + (Lifetime / 2));
        _consent.Until.ShouldBe(Start + Lifetime);
    }

    [Fact]
    public void Who_took_the_handshake_and_answers_nothing_keeps_consent_while_heard()
    {
        _consent.Prove(Start);
        _consent.Heard(Start + (Lifetime / 2));
        _consent.Until.ShouldBe(Start + (Lifetime * 1.5));
        _consent.Heard(Start + (Lifetime * 2));
        _consent.Until.ShouldBe(Start + (Lifetime * 1.5));
    }

    byte[] Ask(TimeSpan now)
    {
        var buffer = new byte[PathConsent.MaximumCheck];
        return buffer[.._consent.WriteCheck(_generation, new byte[8], buffer, now)];
    }

    bool Answer(byte[] request, TimeSpan now, string password = Password)
    {
        StunMessage.TryRead(RtcTestClient.MakeResponse(request.AsSpan(8, 12), password), out var response).ShouldBeTrue();
        return _consent.TryAnswer(response, _generation, now);
    }
}
