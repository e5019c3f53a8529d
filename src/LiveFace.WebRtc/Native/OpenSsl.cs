using System.Runtime.InteropServices;

namespace LiveFace.WebRtc.Native;

/// <summary>The functions of OpenSSL 3 that DTLS needs, under their own names.</summary>
#pragma warning disable SYSLIB1092 // The names are OpenSSL's.
internal static unsafe partial class OpenSsl
{
    public const int CtrlSetMtu = 17;
    public const int DtlsCtrlGetTimeout = 73;
    public const int DtlsCtrlHandleTimeout = 74;
    public const int CtrlSetMinProtoVersion = 123;
    public const int CtrlSetMaxProtoVersion = 124;
    public const int CtrlSetGroupsList = 92;
    public const int AeadGetTag = 0x10;
    public const int AeadSetTag = 0x11;
    public const int Dtls12 = 0xFEFD;
    public const int KeyTypeEc = 408;
    public const int VerifyPeer = 1;
    public const int VerifyFailIfNoPeerCert = 2;
    public const int ErrorNone = 0;
    public const int ErrorWantRead = 2;
    public const int ErrorWantWrite = 3;
    public const int ErrorZeroReturn = 6;
    public const ulong OptionNoQueryMtu = 1UL << 12;
    public const ulong OptionNoTicket = 1UL << 14;
    public const ulong OptionNoRenegotiation = 1UL << 30;

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial nint DTLS_method();

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial nint SSL_CTX_new(nint method);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial void SSL_CTX_free(nint context);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial nint SSL_CTX_ctrl(SslContextHandle context, int command, nint number, nint pointer);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial ulong SSL_CTX_set_options(SslContextHandle context, ulong options);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial int SSL_CTX_use_certificate_ASN1(SslContextHandle context, int length, byte* der);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial int SSL_CTX_use_PrivateKey_ASN1(int type, SslContextHandle context, byte* der, nint length);

    [LibraryImport(OpenSslLibrary.Ssl, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_CTX_set_cipher_list(SslContextHandle context, string ciphers);

    [LibraryImport(OpenSslLibrary.Ssl, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_CTX_set_tlsext_use_srtp(SslContextHandle context, string profiles);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial void SSL_CTX_set_verify(
        SslContextHandle context, int mode, delegate* unmanaged<int, nint, int> callback);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial nint SSL_new(SslContextHandle context);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial void SSL_free(nint ssl);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial void SSL_set_bio(SslHandle ssl, nint read, nint write);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial void SSL_set_accept_state(SslHandle ssl);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial void SSL_set_connect_state(SslHandle ssl);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial nint SSL_ctrl(SslHandle ssl, int command, nint number, void* pointer);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial void DTLS_set_timer_cb(SslHandle ssl, delegate* unmanaged<nint, uint, uint> callback);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial int SSL_do_handshake(SslHandle ssl);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial int SSL_read(SslHandle ssl, byte* buffer, int length);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial int SSL_shutdown(SslHandle ssl);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial int SSL_get_error(SslHandle ssl, int result);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial SrtpProtectionProfile* SSL_get_selected_srtp_profile(SslHandle ssl);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial int SSL_export_keying_material(
        SslHandle ssl, byte* output, nint length, byte* label, nint labelLength, byte* context, nint contextLength, int useContext);

    [LibraryImport(OpenSslLibrary.Ssl)]
    public static partial nint SSL_get1_peer_certificate(SslHandle ssl);

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial int i2d_X509(nint certificate, byte** output);

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial void X509_free(nint certificate);

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial nint BIO_s_mem();

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial nint BIO_new(nint method);

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial int BIO_read(nint bio, byte* data, int length);

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial int BIO_write(nint bio, byte* data, int length);

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial nuint BIO_ctrl_pending(nint bio);

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial void ERR_clear_error();

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial nuint ERR_get_error();

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial void ERR_error_string_n(nuint error, byte* buffer, nint length);

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial nint EVP_CIPHER_CTX_new();

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial void EVP_CIPHER_CTX_free(nint context);

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial nint EVP_aes_128_gcm();

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial nint EVP_aes_128_ctr();

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial int EVP_CipherInit_ex(nint context, nint cipher, nint engine, byte* key, byte* iv, int encrypt);

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial int EVP_CipherUpdate(nint context, byte* output, int* outputLength, byte* input, int inputLength);

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial int EVP_CipherFinal_ex(nint context, byte* output, int* outputLength);

    [LibraryImport(OpenSslLibrary.Crypto)]
    public static partial int EVP_CIPHER_CTX_ctrl(nint context, int command, int number, byte* pointer);

    /// <summary>SRTP_PROTECTION_PROFILE.</summary>
    public struct SrtpProtectionProfile
    {
        public byte* Name;
        public nuint Id;
    }

    /// <summary>What OpenSSL says went wrong last, for a message to a person.</summary>
    public static string LastError()
    {
        var error = ERR_get_error();
        ERR_clear_error();
        if (error == 0)
            return "no reason given";

        var text = stackalloc byte[256];
        ERR_error_string_n(error, text, 256);
        return Marshal.PtrToStringUTF8((nint)text) ?? "no reason given";
    }
}
