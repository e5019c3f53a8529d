namespace LiveFace.WebRtc.Srtp;

/// <summary>The protection profiles that are negotiated, under their numbers in use_srtp (RFC 5764 4.1.2, RFC 7714 14.2).</summary>
internal enum SrtpProfile : ushort
{
    /// <summary>SRTP_AES128_CM_HMAC_SHA1_80.</summary>
    Aes128CmSha1 = 0x0001,

    /// <summary>SRTP_AEAD_AES_128_GCM.</summary>
    Aes128Gcm = 0x0007,
}
