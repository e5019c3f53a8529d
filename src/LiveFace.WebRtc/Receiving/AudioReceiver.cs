using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Receiving;

/// <summary>One audio source: duplicates are dropped, everything else is handed over as it comes.</summary>
internal sealed class AudioReceiver(
    string mid, uint ssrc, int clockRate, SenderClock senderClock, IReceivedMedia media)
{
    private SequenceUnwrapper _sequences;
    private ulong _seen;
    private long _highest = -1;

    public ReceptionStatistics Statistics { get; } = new(ssrc, clockRate);

    public SourceClock Clock { get; } = new(senderClock, clockRate);

    public long Discarded { get; private set; }

    public void Receive(in RtpPacket packet, RtcCodec codec, TimeSpan now)
    {
        var sequence = _sequences.Unwrap(packet.SequenceNumber);
        if (!IsNew(sequence))
        {
            Discarded++;
            return;
        }

        Statistics.Add(sequence, packet.Timestamp, packet.Payload.Length, now);
        if (packet.Payload.IsEmpty)
            return;
        media.OnAudioPacket(new ReceivedAudioPacket
        {
            Mid = mid,
            Codec = codec,
            Payload = packet.Payload,
            RtpTimestamp = packet.Timestamp,
            SequenceNumber = sequence,
            Marker = packet.Marker,
            ArrivalTime = now,
            CaptureTime = Clock.CaptureTime(packet.Timestamp),
        });
    }

    private bool IsNew(long sequence)
    {
        var ahead = sequence - _highest;
        if (_highest < 0 || ahead > 0)
        {
            _seen = _highest < 0 || ahead >= 64 ? 1 : _seen << (int)ahead | 1;
            _highest = sequence;
            return true;
        }

        if (ahead <= -64)
            return false;
        var bit = 1UL << (int)-ahead;
        if ((_seen & bit) != 0)
            return false;
        _seen |= bit;
        return true;
    }
}
