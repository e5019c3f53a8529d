using LiveFace.WebRtc.Dtls;

namespace LiveFace.WebRtc.Tests.Dtls;

/// <summary>Fingerprints of certificates as SDP writes them (RFC 8122).</summary>
public sealed class CertificateFingerprintTests
{
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
}
