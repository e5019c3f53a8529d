using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Endpoint;

public sealed class CertificateTests
{
    static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(60);

    [Fact] // RFC 8122 5: the answer names the certificate by its hash.
    public async Task An_endpoint_shows_the_certificate_that_it_was_given_and_clients_connect_to_it()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = new CertificateRequest("CN=ours", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now, Now.AddYears(1));
        await using var endpoint = new RtcEndpoint(
            new() { BindAddresses = [IPAddress.Loopback], Port = 0, Certificate = own });
        endpoint.Start();
        using var client = new RtcTestClient();

        var (peer, sdp) = endpoint.Accept(client.Offer().ToString(), new());
        peer.Close();
        sdp.ShouldContain($"a=fingerprint:{Fingerprint.Of(own.RawData)}");

        (await client.ConnectAsync(endpoint)).State.ShouldBe(RtcPeerState.Connected);
    }

    [Fact]
    public void A_certificate_without_a_P256_key_is_refused_by_name()
    {
        using var rsa = RSA.Create(2048);
        using var other = new CertificateRequest("CN=other", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(Now, Now.AddYears(1));
        using var withoutKey = X509CertificateLoader.LoadCertificate(other.RawData);
        foreach (var wrong in new[] { other, withoutKey })
            Should.Throw<ArgumentException>(() => new RtcEndpoint(new() { Certificate = wrong })).Message.ShouldContain("P-256");
    }
}
