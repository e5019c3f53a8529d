using LiveFace.Media.Codecs;
using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Relay;

/// <summary>
/// A copy of an encoded picture, or of a packet of sound, on its way to another node. Only a room's feed fills it, and a
/// picture only from what an encoder made of a redacted one. Its memory is used again.
/// </summary>
public sealed class RelayParcel
{
    private byte[] _bytes = [];
    private int _length;

    internal RelayParcel(bool isPicture) => IsPicture = isPicture;

    /// <summary>A picture; sound if not.</summary>
    public bool IsPicture { get; }

    /// <summary>The encoded bytes.</summary>
    public ReadOnlySpan<byte> Payload => _bytes.AsSpan(0, _length);

    /// <summary>The codec of a picture.</summary>
    public VideoCodec Codec { get; private set; }

    /// <summary>A keyframe, or the first packet of sound after a silence.</summary>
    public bool IsMarked { get; private set; }

    /// <summary>The room's own timestamp: 90 kHz for a picture, 48 kHz for sound.</summary>
    public uint RtpTimestamp { get; private set; }

    /// <summary>When it was captured, on the clock of the owner's endpoint.</summary>
    public TimeSpan? CaptureTime { get; private set; }

    /// <summary>How late a picture came in because of losses on the way.</summary>
    public TimeSpan RecoveryDelay { get; private set; }

    /// <summary>The number of a packet of sound.</summary>
    public long? SequenceNumber { get; private set; }

    internal void Set(in SentPicture sent)
    {
        Copy(sent.Picture.Payload, 16 * 1024);
        (Codec, IsMarked, RtpTimestamp) = (sent.Picture.Codec, sent.Picture.IsKeyFrame, sent.RtpTimestamp);
        (CaptureTime, RecoveryDelay) = (sent.CaptureTime, sent.RecoveryDelay);
    }

    internal void Set(in OutgoingAudioPacket packet)
    {
        Copy(packet.Payload, 512);
        (IsMarked, RtpTimestamp, CaptureTime) = (packet.Marker, packet.RtpTimestamp, packet.CaptureTime);
        SequenceNumber = packet.SequenceNumber;
    }

    private void Copy(ReadOnlySpan<byte> payload, int least)
    {
        if (_bytes.Length < payload.Length)
            _bytes = new byte[Math.Max(payload.Length + payload.Length / 4, least)];
        payload.CopyTo(_bytes);
        _length = payload.Length;
    }
}
