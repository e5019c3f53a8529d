namespace LiveFace.WebRtc.Srtp;

/// <summary>
/// The cryptography of one direction: it turns plain packets into protected ones and back, in place. It keeps no
/// state from packet to packet; indexes and replay are its owner's. One call at a time.
/// </summary>
internal abstract class SrtpTransform : IDisposable
{
    /// <summary>The largest packet that is taken, protected.</summary>
    public const int MaximumPacket = 4096;

    /// <summary>Bytes that protecting adds to an RTP packet.</summary>
    public abstract int RtpOverhead { get; }

    /// <summary>Bytes that protecting adds to an RTCP packet, the index included.</summary>
    public abstract int RtcpOverhead { get; }

    public static SrtpTransform Create(in SrtpKeyMaterial master) => master.Profile switch
    {
        SrtpProfile.Aes128Gcm => new AesGcmTransform(master),
        SrtpProfile.Aes128CmSha1 => new AesCounterTransform(master),
        _ => throw new ArgumentOutOfRangeException(nameof(master), "Unknown SRTP profile."),
    };

    /// <summary>Protects a packet whose payload starts at <paramref name="header"/>. Gives its new length.</summary>
    public abstract int ProtectRtp(Span<byte> buffer, int length, int header, uint ssrc, ulong index);

    /// <summary>Opens a packet in place. Gives its plain length, or -1 if it is not authentic.</summary>
    public abstract int UnprotectRtp(Span<byte> packet, int header, uint ssrc, ulong index);

    /// <summary>Protects an RTCP packet. Gives its new length.</summary>
    public abstract int ProtectRtcp(Span<byte> buffer, int length, uint index);

    /// <summary>Opens an RTCP packet in place. Gives its plain length, or -1 if it is not authentic.</summary>
    public abstract int UnprotectRtcp(Span<byte> packet, uint indexWord);

    /// <summary>Where the word with the E bit and the SRTCP index stands, counted from the packet's end.</summary>
    public abstract int RtcpIndexFromEnd { get; }

    public abstract void Dispose();
}
