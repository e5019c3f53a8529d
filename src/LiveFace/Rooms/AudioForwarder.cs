using LiveFace.WebRtc;

namespace LiveFace.Rooms;

/// <summary>
/// Passes the publisher's sound on to those who watch, packet by packet and undecoded. Capture times go with it, so
/// that receivers bring it together with the picture, look-ahead included. A new publisher's numbers go on where the
/// last one's ended.
/// </summary>
internal sealed class AudioForwarder
{
    // 20 ms of Opus at 48 kHz between the last packet of one publisher and the first of the next.
    private const uint Gap = 960;

    private int _source = -1;
    private long _sequenceOffset;
    private uint _timestampOffset;
    private long _lastSequence;
    private uint _lastTimestamp;

    public void Forward(in ReceivedAudioPacket packet, int source, ReadOnlySpan<RoomSession> viewers)
    {
        if (source != _source)
        {
            if (_source >= 0)
            {
                _sequenceOffset = _lastSequence + 1 - packet.SequenceNumber;
                _timestampOffset = unchecked(_lastTimestamp + Gap - packet.RtpTimestamp);
            }

            _source = source;
        }

        var sequence = packet.SequenceNumber + _sequenceOffset;
        var timestamp = unchecked(packet.RtpTimestamp + _timestampOffset);
        if (sequence > _lastSequence)
            (_lastSequence, _lastTimestamp) = (sequence, timestamp);
        var outgoing = new OutgoingAudioPacket
        {
            Codec = packet.Codec, Payload = packet.Payload, RtpTimestamp = timestamp, SequenceNumber = sequence,
            CaptureTime = packet.CaptureTime ?? packet.ArrivalTime, Marker = packet.Marker,
        };
        foreach (var viewer in viewers)
            if (viewer.IsConnected)
                viewer.Peer.SendAudio(outgoing);
    }
}
