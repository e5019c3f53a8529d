using System.Net;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Srtp;
using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Endpoint;

public sealed class ConnectingTests : IAsyncLifetime
{
    readonly RtcEndpoint _endpoint = new(new() { BindAddresses = [IPAddress.Loopback], Port = 0 });

    public ValueTask InitializeAsync()
    {
        _endpoint.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    [Theory]
    [InlineData(null, "Aes128Gcm")]
    [InlineData("SRTP_AES128_CM_SHA1_80", "Aes128CmSha1")]
    public async Task A_client_connects_and_both_sides_have_the_same_keys(string? profiles, string expected)
    {
        using var client = new RtcTestClient(profiles);
        var connected = 0;
        var peer = await client.ConnectAsync(_endpoint, prepare: made => made.Connected = _ => Interlocked.Increment(ref connected));

        await Eventually.IsAsync(() => Volatile.Read(ref connected) == 1);
        client.Profile.ToString().ShouldBe(expected);
        peer.GetStatistics().Transport.SrtpCipher.ShouldBe(expected);
        peer.GetStatistics().Transport.DtlsState.ShouldBe("connected");
        client.Profile.ShouldBeOneOf(SrtpProfile.Aes128Gcm, SrtpProfile.Aes128CmSha1);
    }

    [Fact] // RFC 5763 5: an offer that says passive makes us the DTLS client.
    public async Task An_offer_with_setup_passive_is_answered_actively()
    {
        using var client = new RtcTestClient();
        var peer = await client.ConnectAsync(_endpoint, template: new() { Setup = "passive" });

        client.Answer!.Setup.ShouldBe("active");
        peer.State.ShouldBe(RtcPeerState.Connected);
    }

    [Fact] // RFC 8445 8.1.1: media may flow on a valid pair before one is nominated, and Chromium's handshake does.
    public async Task A_handshake_over_a_pair_that_is_not_nominated_yet_connects_too()
    {
        using var client = new RtcTestClient();
        var connected = 0;
        var peer = await client.ConnectAsync(_endpoint, prepare: made => made.Connected = _ => Interlocked.Increment(ref connected), nominate: false);

        peer.State.ShouldBe(RtcPeerState.Connected);
        await client.CheckAsync(nominate: true);
        peer.State.ShouldBe(RtcPeerState.Connected);
        await Eventually.IsAsync(() => Volatile.Read(ref connected) == 1);
    }

    [Fact] // RFC 6544
    public async Task A_client_connects_over_tcp_on_the_same_port()
    {
        using var client = new RtcTestClient();
        var peer = await client.ConnectAsync(_endpoint, tcp: true);

        client.Answer!.Text.ShouldContain("tcptype passive");
        peer.GetStatistics().Transport.Protocol.ShouldBe("tcp");
    }
}
