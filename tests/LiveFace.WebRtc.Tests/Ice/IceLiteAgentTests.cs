using System.Net;
using System.Text;
using LiveFace.WebRtc.Ice;

namespace LiveFace.WebRtc.Tests.Ice;

public sealed class IceLiteAgentTests
{
    const string RemoteUfrag = "them";
    static readonly TransportAddress From = TransportAddress.From(new IPEndPoint(IPAddress.Parse("192.0.2.7"), 4000));

    readonly IceLiteAgent _agent = new(IceCredentials.Create(), RemoteUfrag, "their password of length");

    [Fact] // RFC 8445 7.3: the response carries the source address and our integrity.
    public void A_check_is_answered_with_the_address_that_it_came_from()
    {
        var (verdict, response) = Check();
        verdict.ShouldBe(IceVerdict.Valid);
        StunMessage.TryRead(response, out var message).ShouldBeTrue();
        message.Type.ShouldBe(StunMessageType.BindingSuccess);
        message.XorMappedAddress.IsEmpty.ShouldBeFalse();
        StunIntegrity.Fits(message, _agent.Local.PasswordBytes).ShouldBeTrue();
        message.FingerprintFits.ShouldBeTrue();
    }

    [Fact] // RFC 8445 7.3.1.5
    public void Use_candidate_nominates() => Check(nominate: true).Verdict.ShouldBe(IceVerdict.Nominated);

    [Fact] // RFC 8489 9.1.3
    public void A_check_with_another_password_gets_no_answer()
    {
        var (verdict, response) = Check(password: "not the password at all.");
        verdict.ShouldBe(IceVerdict.Ignored);
        response.ShouldBeEmpty();
    }

    [Fact]
    public void A_check_for_another_pair_of_fragments_gets_no_answer() =>
        Check(remote: "else").Verdict.ShouldBe(IceVerdict.Ignored);

    [Fact] // RFC 8445 7.3.1.1: a lite agent is the controlled one.
    public void A_client_that_wants_to_be_controlled_is_told_of_the_conflict()
    {
        var (verdict, response) = Check(role: StunAttribute.IceControlled);
        verdict.ShouldBe(IceVerdict.Refused);
        ErrorOf(response).ShouldBe(487);
    }

    [Fact] // RFC 8489 6.3.1
    public void An_unknown_required_attribute_is_refused_by_its_number()
    {
        var (verdict, response) = Check(unknown: 0x7001);
        verdict.ShouldBe(IceVerdict.Refused);
        ErrorOf(response).ShouldBe(420);
        Convert.ToHexString(response).ShouldContain("000A00027001");
    }

    [Fact] // RFC 8445 9: both generations count until the new one is used.
    public void After_a_restart_old_checks_count_until_a_new_one_comes()
    {
        var before = _agent.Local;
        _agent.Restart(IceCredentials.Create(), "new1", "their new password, long").ShouldBeNull();

        Check(credentials: before).Verdict.ShouldBe(IceVerdict.Valid);
        Check(remote: "new1").Verdict.ShouldBe(IceVerdict.Valid);
        Check(credentials: before).Verdict.ShouldBe(IceVerdict.Ignored);
    }

    [Fact]
    public void Responses_fit_where_they_are_written()
    {
        var longest = Check(unknown: 0x7001).Response.Length;
        longest.ShouldBeLessThanOrEqualTo(IceLiteAgent.MaximumResponse);
    }

    static int ErrorOf(byte[] response)
    {
        var at = Convert.ToHexString(response).IndexOf("0009", StringComparison.Ordinal) / 2;
        return (response[at + 6] * 100) + response[at + 7];
    }

    (IceVerdict Verdict, byte[] Response) Check(
        bool nominate = false,
        string? password = null,
        string remote = RemoteUfrag,
        StunAttribute role = StunAttribute.IceControlling,
        ushort unknown = 0,
        IceCredentials? credentials = null)
    {
        credentials ??= _agent.Local;
        var buffer = new byte[256];
        var writer = new StunWriter(buffer, StunMessageType.BindingRequest, new byte[12]);
        writer.Add(StunAttribute.Username, Encoding.ASCII.GetBytes($"{credentials.Ufrag}:{remote}"));
        writer.Add(StunAttribute.Priority, 1);
        writer.Add(role, stackalloc byte[8]);
        if (nominate)
            writer.Add(StunAttribute.UseCandidate, []);
        if (unknown != 0)
            writer.Add((StunAttribute)unknown, []);
        writer.AddIntegrity(Encoding.ASCII.GetBytes(password ?? credentials.Password));
        writer.AddFingerprint();
        StunMessage.TryRead(buffer.AsSpan(0, writer.Length), out var message).ShouldBeTrue();

        var response = new byte[IceLiteAgent.MaximumResponse];
        var verdict = _agent.Handle(message, From, response, out var length, out _, out _);
        return (verdict, response[..length]);
    }
}
