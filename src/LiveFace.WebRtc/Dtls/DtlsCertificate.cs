using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LiveFace.WebRtc.Dtls;

/// <summary>
/// The endpoint's ECDSA P-256 certificate. It is trusted by its fingerprint in the answer (RFC 8122), so one made at
/// start, which lives as long as the endpoint and is never stored, is as good as any.
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

    /// <summary>Takes over a certificate of the application's.</summary>
    /// <exception cref="ArgumentException">It has no ECDSA P-256 key that can be exported.</exception>
    public static DtlsCertificate From(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey();
        if (key is null || key.KeySize != 256)
            throw new ArgumentException("The certificate needs an ECDSA P-256 private key.", nameof(certificate));
        try
        {
            return new(certificate.RawData, key.ExportECPrivateKey());
        }
        catch (CryptographicException error)
        {
            throw new ArgumentException("The certificate's private key cannot be exported.", nameof(certificate), error);
        }
    }
}
