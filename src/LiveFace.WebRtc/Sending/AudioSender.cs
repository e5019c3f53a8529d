using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Rtp.Payloads;

namespace LiveFace.WebRtc.Sending;

/// <summary>One outgoing audio source. Packets are small and regular: each leaves at once.</summary>
internal sealed class AudioSender(NegotiatedMedia media, PacketTransmitter transmitter, OutgoingSource source)
{
    private readonly NegotiatedCodec? _codec = media.Codecs.FirstOrDefault(c => c.Codec == RtcCodec.Opus);
    private long _shift;
    private bool _forwarding;

    public SenderState State => source.State;

    public SendVerdict Send(in OutgoingAudioPacket packet, TimeSpan now)
    {
        if (_codec is null || packet.Codec != _codec.Codec)
            return SendVerdict.CodecNotNegotiated;
        if (packet.Payload.Length > transmitter.MaxPayload || !OpusPayload.TryGetDuration(packet.Payload, out _))
            return SendVerdict.Malformed;
        var outgoing = new OutgoingPacket
        {
            Ssrc = State.Ssrc,
            PayloadType = _codec.PayloadType,
            SequenceNumber = (ushort)NextSequence(packet.SequenceNumber),
            Timestamp = State.Clock.Next(packet.RtpTimestamp, packet.CaptureTime ?? now),
            Marker = packet.Marker,
            WithMid = !State.IsKnownToPeer,
        };
        transmitter.Send(outgoing, packet.Payload, isProbe: false, now);
        State.OnSent(packet.Payload.Length);
        return SendVerdict.Sent;
    }

    // Forwarded packets keep their distances; a source that jumps far begins where the one before ended.
    private long NextSequence(long? given)
    {
        if (given is not { } number)
        {
            _forwarding = false;
            return source.NextSequence++;
        }

        if (!_forwarding || Math.Abs(number + _shift - source.NextSequence) > 1000)
            _shift = source.NextSequence - number;
        _forwarding = true;
        var sequence = number + _shift;
        source.NextSequence = Math.Max(source.NextSequence, sequence + 1);
        return sequence;
    }
}
