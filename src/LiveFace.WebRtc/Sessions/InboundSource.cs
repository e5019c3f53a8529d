using System.Buffers.Binary;
using LiveFace.WebRtc.Receiving;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Sessions;

/// <summary>One SSRC of the peer: a video or audio source, or the retransmissions of a video source.</summary>
internal sealed class InboundSource(MediaLine line, VideoReceiver? video, AudioReceiver? audio, bool isRepair)
{
    /// <summary>Exchanged when the m-line is agreed on anew.</summary>
    public MediaLine Line { get; set; } = line;

    public VideoReceiver? Video => video;

    public AudioReceiver? Audio => audio;

    /// <summary>Its packets are retransmissions for <see cref="Video"/> (RFC 4588).</summary>
    public bool IsRepair => isRepair;

    public TimeSpan LastPacket { get; set; }

    public ReceptionStatistics? Statistics => isRepair ? null : video?.Statistics ?? audio?.Statistics;

    public SourceClock? Clock => isRepair ? null : video?.Clock ?? audio?.Clock;

    /// <summary>Gives a packet to its receiver. False if its payload type belongs to no codec of the m-line.</summary>
    public bool Receive(in RtpPacket packet, in HeaderExtensionValues extensions, TimeSpan now)
    {
        var rotation = extensions.Rotation ?? VideoRotation.None;
        if (isRepair)
            return ReceiveRepair(packet, rotation, now);
        if (Line.CodecOf(packet.PayloadType) is not { } codec)
            return false;
        audio?.Receive(packet, codec.Codec, now);
        video?.Receive(packet, codec.Codec, rotation, now);
        return true;
    }

    private bool ReceiveRepair(in RtpPacket packet, VideoRotation rotation, TimeSpan now)
    {
        if (Line.RepairedBy(packet.PayloadType) is not { } repaired)
            return false;
        if (packet.Payload.Length > sizeof(ushort))
        {
            video!.ReceiveRetransmitted(
                BinaryPrimitives.ReadUInt16BigEndian(packet.Payload), packet, repaired.Codec, rotation,
                packet.Payload[sizeof(ushort)..], now);
        }

        return true;
    }
}
