using System.Runtime.InteropServices;
using LiveFace.WebRtc.Native;

namespace LiveFace.WebRtc.Dtls;

/// <summary>What all DTLS sessions of an endpoint share: certificate, version, ciphers and SRTP profiles.</summary>
internal sealed class DtlsContext : IDisposable
{
    /// <summary>Forward secret AEAD ciphers for certificates of either kind (RFC 8827 6.5 asks for the first).</summary>
    const string Ciphers =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:"
        + "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";

    const string Profiles = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";

    public unsafe DtlsContext(DtlsCertificate certificate, string profiles = Profiles)
    {
        Certificate = certificate;
        Handle = new SslContextHandle(OpenSsl.SSL_CTX_new(OpenSsl.DTLS_method()));
        Require(!Handle.IsInvalid);
        Require(OpenSsl.SSL_CTX_ctrl(Handle, OpenSsl.CtrlSetMinProtoVersion, OpenSsl.Dtls12, 0) == 1);
        Require(OpenSsl.SSL_CTX_ctrl(Handle, OpenSsl.CtrlSetMaxProtoVersion, OpenSsl.Dtls12, 0) == 1);
        OpenSsl.SSL_CTX_set_options(
            Handle, OpenSsl.OptionNoQueryMtu | OpenSsl.OptionNoTicket | OpenSsl.OptionNoRenegotiation);
        fixed (byte* der = certificate.Certificate)
            Require(OpenSsl.SSL_CTX_use_certificate_ASN1(Handle, certificate.Certificate.Length, der) == 1);
        fixed (byte* der = certificate.PrivateKey)
        {
            Require(OpenSsl.SSL_CTX_use_PrivateKey_ASN1(
                OpenSsl.KeyTypeEc, Handle, der, certificate.PrivateKey.Length) == 1);
        }

        Require(OpenSsl.SSL_CTX_set_cipher_list(Handle, Ciphers) == 1);
        Require(OpenSsl.SSL_CTX_set_tlsext_use_srtp(Handle, profiles) == 0);
        OpenSsl.SSL_CTX_set_verify(
            Handle, OpenSsl.VerifyPeer | OpenSsl.VerifyFailIfNoPeerCert, &AcceptForNow);
    }

    public DtlsCertificate Certificate { get; }

    public SslContextHandle Handle { get; }

    public void Dispose() => Handle.Dispose();

    /// <summary>
    /// Certificates are self-signed: the session compares the fingerprint when the handshake has proved who owns it.
    /// </summary>
    [UnmanagedCallersOnly]
    static int AcceptForNow(int preverified, nint store) => 1;

    void Require(bool worked)
    {
        if (worked)
            return;
        Handle.Dispose();
        throw new InvalidOperationException($"OpenSSL refused the DTLS settings: {OpenSsl.LastError()}.");
    }
}
