using System.Buffers.Binary;
using System.Text;
using LiveFace.WebRtc.Congestion;
using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Sending;

/// <summary>
/// Writes packets of one m-line with the header extensions that were agreed and gives them to the sink. Extensions are
/// written anew each time, because a retransmission has its own send time and transport-wide number.
/// </summary>
internal sealed class PacketTransmitter
{
    private readonly byte[] _scratch;
    private readonly byte[] _mid;
    private readonly HeaderExtensionIds _ids;
    private readonly bool _oneByteForm;
    private readonly IPacketSink _sink;
    private readonly BandwidthEstimator _bandwidth;

    public PacketTransmitter(NegotiatedMedia media, IPacketSink sink, BandwidthEstimator bandwidth, int maxPacketSize)
    {
        _sink = sink;
        _bandwidth = bandwidth;
        _ids = media.Extensions;
        _mid = Encoding.UTF8.GetBytes(media.Mid);
        _oneByteForm = Fits(_ids.Mid, _mid.Length) && Fits(_ids.TransportSequence, 2) && Fits(_ids.AbsoluteSendTime, 3)
            && Fits(_ids.VideoOrientation, 1) && Fits(_ids.PlayoutDelay, 3);
        var perElement = _oneByteForm ? 1 : 2;
        var extensions = Room(_ids.Mid, _mid.Length) + Room(_ids.TransportSequence, 2) + Room(_ids.AbsoluteSendTime, 3)
            + Room(_ids.VideoOrientation, 1) + Room(_ids.PlayoutDelay, 3);
        MaxPayload = maxPacketSize - RtpPacket.FixedHeaderSize - (extensions == 0 ? 0 : 4 + extensions + 3 & ~3)
            - sizeof(ushort);
        _scratch = new byte[Math.Max(maxPacketSize, PacketBufferPool.BufferSize) + IPacketSink.TagRoom];

        bool Fits(byte id, int length) => id == 0 || RtpHeaderWriter.FitsOneByteForm(id, length);
        int Room(byte id, int length) => id == 0 ? 0 : perElement + length;
    }

    /// <summary>What fits beside the header, all extensions and the number that a retransmission adds.</summary>
    public int MaxPayload { get; }

    /// <summary>Seconds modulo 64 as 6.18 fixed point.</summary>
    public static uint SendTime(TimeSpan now) =>
        (uint)(now.Ticks % (64 * TimeSpan.TicksPerSecond) * (1 << 18) / TimeSpan.TicksPerSecond) & 0xFF_FFFF;

    /// <summary>Sends one packet and gives its size.</summary>
    public int Send(in OutgoingPacket packet, ReadOnlySpan<byte> payload, bool isProbe, TimeSpan now)
    {
        var writer = new RtpHeaderWriter(
            _scratch, packet.Marker, packet.PayloadType, packet.SequenceNumber, packet.Timestamp, packet.Ssrc,
            _oneByteForm);
        if (_ids.TransportSequence != 0)
            writer.AddUInt16(_ids.TransportSequence, _bandwidth.Sent.NextSequence);
        if (_ids.AbsoluteSendTime != 0)
            writer.AddUInt24(_ids.AbsoluteSendTime, SendTime(now));
        if (packet.WithMid && _ids.Mid != 0)
            writer.Add(_ids.Mid, _mid);
        if (packet.Rotation is { } rotation && _ids.VideoOrientation != 0)
            writer.Add(_ids.VideoOrientation, [(byte)rotation]);
        if (packet.PlayoutDelay is { } delay && _ids.PlayoutDelay != 0)
        {
            // 12 bits of least and 12 bits of most delay.
            var steps = (uint)(delay / PlayoutDelay.Step);
            writer.AddUInt24(_ids.PlayoutDelay, steps << 12 | steps);
        }

        var length = writer.Finish();
        if (packet.OriginalSequence is { } original)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_scratch.AsSpan(length), original);
            length += sizeof(ushort);
        }

        payload.CopyTo(_scratch.AsSpan(length));
        length += payload.Length;
        if (_ids.TransportSequence != 0)
            _bandwidth.OnSent(length, isProbe, now);
        _sink.SendRtp(_scratch.AsSpan(0, length + IPacketSink.TagRoom), length);
        return length;
    }
}
