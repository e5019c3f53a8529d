using LiveFace.WebRtc.Dtls;

namespace LiveFace.WebRtc.Tests.Dtls;

public sealed class DtlsSessionTests : IDisposable
{
    readonly DtlsContext _server = new(DtlsCertificate.Create(DateTimeOffset.UnixEpoch.AddYears(60)));
    readonly DtlsContext _client = new(DtlsCertificate.Create(DateTimeOffset.UnixEpoch.AddYears(60)));

    public void Dispose()
    {
        _server.Dispose();
        _client.Dispose();
    }

    [Fact] // RFC 5764 4.2: what one sends with is what the other receives with.
    public void Both_sides_export_the_same_keys()
    {
        using var server = Server();
        using var client = Client();
        client.Start();
        DtlsExchange.Exchange(client, server);

        server.State.ShouldBe(DtlsState.Connected);
        client.State.ShouldBe(DtlsState.Connected);
        server.Outgoing.Key.ShouldBe(client.Incoming.Key);
        server.Outgoing.Salt.ShouldBe(client.Incoming.Salt);
        server.Incoming.Key.ShouldBe(client.Outgoing.Key);
        server.Incoming.Key.ShouldNotBe(server.Outgoing.Key);
    }

    [Fact] // RFC 8122 6.2
    public void A_certificate_that_the_sdp_does_not_name_fails_the_handshake()
    {
        using var server = new DtlsSession(_server, isServer: true, [_server.Certificate.Fingerprint], 1200);
        using var client = Client();
        client.Start();
        DtlsExchange.Exchange(client, server);

        server.State.ShouldBe(DtlsState.Failed);
        server.WrongCertificate.ShouldBeTrue();
        server.Incoming.Key.ShouldBeNull();
    }

    [Theory] // RFC 6347 4.2.4
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_lost_datagram_is_made_up_by_retransmission(int lost)
    {
        using var server = Server();
        using var client = Client();
        client.Start();
        var count = 0;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (client.State is DtlsState.Handshaking || server.State is DtlsState.Handshaking)
        {
            DtlsExchange.Exchange(client, server, _ => ++count == lost);
            await Task.Delay(20, deadline.Token);
            client.HandleTimeout();
            server.HandleTimeout();
        }

        client.State.ShouldBe(DtlsState.Connected);
        server.State.ShouldBe(DtlsState.Connected);
    }

    [Fact] // RFC 6347 4.1.1.1
    public void No_datagram_is_larger_than_the_limit()
    {
        using var server = new DtlsSession(_server, isServer: true, [_client.Certificate.Fingerprint], 600);
        using var client = new DtlsSession(_client, isServer: false, [_server.Certificate.Fingerprint], 600);
        client.Start();
        var largest = 0;
        DtlsExchange.Exchange(client, server, datagram =>
        {
            largest = Math.Max(largest, datagram.Length);
            return false;
        });

        client.State.ShouldBe(DtlsState.Connected);
        largest.ShouldBeLessThanOrEqualTo(600);
    }

    [Fact]
    public void A_goodbye_is_heard()
    {
        using var server = Server();
        using var client = Client();
        client.Start();
        DtlsExchange.Exchange(client, server);
        client.Close();
        DtlsExchange.Exchange(client, server);
        server.State.ShouldBe(DtlsState.Closed);
    }

    [Fact]
    public void Without_an_srtp_profile_in_common_the_handshake_fails()
    {
        using var gcm = new DtlsContext(_client.Certificate, "SRTP_AEAD_AES_128_GCM");
        using var counter = new DtlsContext(_server.Certificate, "SRTP_AES128_CM_SHA1_80");
        using var server = new DtlsSession(counter, isServer: true, [_client.Certificate.Fingerprint], 1200);
        using var client = new DtlsSession(gcm, isServer: false, [_server.Certificate.Fingerprint], 1200);
        client.Start();
        DtlsExchange.Exchange(client, server);
        server.State.ShouldBe(DtlsState.Failed);
        server.Failure.ShouldBe("no SRTP profile in common");
    }

    DtlsSession Server() => new(_server, isServer: true, [_client.Certificate.Fingerprint], 1200);

    DtlsSession Client() => new(_client, isServer: false, [_server.Certificate.Fingerprint], 1200);
}
