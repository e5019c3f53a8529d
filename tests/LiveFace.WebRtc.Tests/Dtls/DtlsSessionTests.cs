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
        Exchange(client, server);

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
        Exchange(client, server);

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
            Exchange(client, server, _ => ++count == lost);
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
        Exchange(client, server, datagram =>
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
        Exchange(client, server);
        client.Close();
        Exchange(client, server);
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
        Exchange(client, server);
        server.State.ShouldBe(DtlsState.Failed);
        server.Failure.ShouldBe("no SRTP profile in common");
    }

    [Theory]
    [InlineData("sha-256", 32)]
    [InlineData("SHA-384", 48)]
    [InlineData("sha-512", 64)]
    public void Fingerprints_of_each_good_hash_are_read(string algorithm, int length)
    {
        var text = $"{algorithm} {string.Join(':', Enumerable.Range(0, length).Select(i => i.ToString("X2")))}";
        Fingerprint.TryParse(text)!.ToString().ShouldBe(text, StringCompareShould.IgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha-256")]
    [InlineData("sha-256 00:11")]
    [InlineData("sha-1 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33")]
    [InlineData("md5 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF")]
    public void Weak_and_broken_fingerprints_are_not(string text) => Fingerprint.TryParse(text).ShouldBeNull();

    internal static void Exchange(DtlsSession one, DtlsSession other, Func<byte[], bool>? lose = null)
    {
        bool moved;
        do
        {
            moved = Pass(one, other, lose) | Pass(other, one, lose);
        }
        while (moved);
    }

    static bool Pass(DtlsSession from, DtlsSession to, Func<byte[], bool>? lose)
    {
        var moved = false;
        while (from.TakeDatagram() is { IsEmpty: false } span)
        {
            var datagram = span.ToArray();
            moved = true;
            DtlsRecords.AreWellFormed(datagram).ShouldBeTrue();
            if (lose?.Invoke(datagram) is not true)
                to.Receive(datagram);
        }

        return moved;
    }

    DtlsSession Server() => new(_server, isServer: true, [_client.Certificate.Fingerprint], 1200);

    DtlsSession Client() => new(_client, isServer: false, [_server.Certificate.Fingerprint], 1200);
}
