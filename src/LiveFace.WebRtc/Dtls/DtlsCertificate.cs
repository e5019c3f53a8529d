using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LiveFace.WebRtc.Dtls;

/// <summary>
/// The endpoint's self-signed ECDSA P-256 certificate. It is trusted by its fingerprint in the answer (RFC 8122), so
/// it lives as long as the endpoint and is never stored.
/// </summary>
internal sealed class DtlsCertificate
{
    DtlsCertificate(byte[] certificate, byte[] privateKey)
    {
        Certificate = certificate;
        PrivateKey = privateKey;
        Fingerprint = Fingerprint.Of(certificate);
    }

    /// <summary>X.509 in DER.</summary>
    public byte[] Certificate { get; }

    /// <summary>ECPrivateKey in DER.</summary>
    public byte[] PrivateKey { get; }

    public Fingerprint Fingerprint { get; }

    public static DtlsCertificate Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=WebRTC", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        return new(certificate.RawData, key.ExportECPrivateKey());
    }
}
