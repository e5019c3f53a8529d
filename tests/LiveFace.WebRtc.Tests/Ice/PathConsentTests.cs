using System.Text;
using LiveFace.WebRtc.Ice;

namespace LiveFace.WebRtc.Tests.Ice;

public sealed class PathConsentTests : PathConsentTestBase
{
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
}
