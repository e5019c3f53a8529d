using LiveFace.WebRtc.Negotiation;
using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Rtp.Payloads;

namespace LiveFace.WebRtc.Sending;

/// <summary>
/// One outgoing video source: a frame is cut into packets, the packets leave as the pacer lets them, and are kept a
/// while to be sent again when the peer asks.
/// </summary>
internal sealed class VideoSender
{
    private const int MaxQueuedAgain = 256;
    private const int DelayTold = 16;

    private static readonly TimeSpan MinAgain = TimeSpan.FromMilliseconds(5);

    // What would leave later than this is not worth adding to.
    private static readonly TimeSpan MaxWaiting = TimeSpan.FromMilliseconds(500);

    private readonly NegotiatedMedia _media;
    private readonly PacketTransmitter _transmitter;
    private readonly OutgoingSource _source;
    private readonly PacketHistory _history;
    private readonly Pacer _pacer;
    private readonly CongestionBackoff _backoff = new();
    private readonly PlayoutDelay _playoutDelay;
    private readonly long[] _again = new long[MaxQueuedAgain];
    private int _againHead;
    private int _againCount;
    private bool _needsKeyFrame = true;
    private VideoRotation _lastRotation;

    // Packets before this one may have missed what the delay is now; null once the peer must have read it.
    private long? _delayTellsUntil;

    public VideoSender(
        NegotiatedMedia media, PacketTransmitter transmitter, Pacer pacer, PacketBufferPool pool, OutgoingSource source,
        PlayoutDelay playoutDelay)
    {
        _media = media;
        _transmitter = transmitter;
        _pacer = pacer;
        _source = source;
        _playoutDelay = playoutDelay;
        _history = new PacketHistory(pool, source.NextSequence);
    }

    public SenderState State => _source.State;

    public KeyFrameThrottle KeyFrames { get; } = new();

    public long Frames { get; private set; }

    public long FramesDropped { get; private set; }

    public long RetransmittedPackets { get; private set; }

    public long WaitingBytes => _history.WaitingBytes;

    public bool HasWork => _againCount > 0 || _history.HasWaiting;

    public bool CanProbe => _media.LocalRtxSsrc != 0 && _history.Holds(_history.NextToSend - 1);

    public SendVerdict Queue(in OutgoingVideoFrame frame, TimeSpan now)
    {
        var codec = Find(frame.Codec);
        if (codec is null)
            return SendVerdict.CodecNotNegotiated;
        if (frame.IsKeyFrame)
            FramesDropped += _history.DropUnsentFrames();
        else if (_needsKeyFrame)
            return Drop(SendVerdict.WaitingForKeyFrame, now);
        else if (_pacer.TimeFor(_history.WaitingBytes) > MaxWaiting)
            return Drop(SendVerdict.Congested, now);

        _history.Trim(now);
        // Descriptors and FU headers are small beside a packet: an eighth more is ample.
        var packets = frame.Payload.Length / (_transmitter.MaxPayload * 7 / 8) + 2;
        if (packets > _history.Room)
            return Drop(frame.Payload.Length > FrameLimits.MaxFrameSize / 2
                ? SendVerdict.Malformed
                : SendVerdict.Congested, now);
        if (!Packetize(frame, codec, now))
            return Drop(SendVerdict.Malformed, now);

        Frames++;
        _playoutDelay.OnLate(frame.RecoveryDelay, now);
        if (_playoutDelay.Update(now))
            _delayTellsUntil = _history.Next + DelayTold;
        if (frame.IsKeyFrame)
        {
            _needsKeyFrame = false;
            KeyFrames.OnKeyFrame(now);
        }

        return SendVerdict.Sent;
    }

    /// <summary>The peer misses a packet (RFC 4585, section 6.2.1).</summary>
    public void OnNack(ushort sequenceNumber, TimeSpan roundTrip, TimeSpan now)
    {
        var sequence = _history.NextToSend - 1 + (short)(sequenceNumber - (ushort)(_history.NextToSend - 1));
        if (_againCount == MaxQueuedAgain || !_history.Holds(sequence))
            return;
        ref var packet = ref _history[sequence];
        // What was just sent again is still on its way.
        if (packet.SentAgain != TimeSpan.MinValue && now - packet.SentAgain < MinAgain + roundTrip * 0.8)
            return;
        packet.SentAgain = now;
        _playoutDelay.OnLate(packet.RecoveryDelay + (now - packet.Sent), now);
        _again[(_againHead + _againCount++) % MaxQueuedAgain] = sequence;
    }

    /// <summary>Sends the next packet that waits; retransmissions first, since a frame stands still for them.</summary>
    public int SendNext(bool isProbe, TimeSpan now)
    {
        while (_againCount > 0)
        {
            var sequence = _again[_againHead];
            _againHead = (_againHead + 1) % MaxQueuedAgain;
            _againCount--;
            if (_history.Holds(sequence))
                return SendAgain(sequence, isProbe, now);
        }

        if (!_history.HasWaiting)
            return 0;
        var number = _history.NextToSend;
        ref var packet = ref _history.TakeNext(now);
        _source.NextSequence = _history.NextToSend;
        State.OnSent(packet.Length);
        return _transmitter.Send(Describe(packet, number), packet.Payload, isProbe, now);
    }

    /// <summary>Sends something that was sent before, only to fill a probe.</summary>
    public int SendFiller(TimeSpan now) => CanProbe ? SendAgain(_history.NextToSend - 1, isProbe: true, now) : 0;

    public void Trim(TimeSpan now) => _history.Trim(now);

    /// <summary>Puts back every buffer; the source is gone.</summary>
    public void Release() => _history.Release();

    private SendVerdict Drop(SendVerdict verdict, TimeSpan now)
    {
        FramesDropped++;
        _needsKeyFrame = true;
        if (verdict == SendVerdict.Congested)
            _backoff.OnDropped(now);
        if (_backoff.IsOver(now) && !_history.HasWaiting)
            KeyFrames.Require();
        return verdict;
    }

    private NegotiatedCodec? Find(RtcCodec codec)
    {
        for (var i = 0; i < _media.Codecs.Count; i++)
        {
            if (_media.Codecs[i].Codec == codec)
                return _media.Codecs[i];
        }

        return null;
    }

    private bool Packetize(in OutgoingVideoFrame frame, NegotiatedCodec codec, TimeSpan now)
    {
        var fields = new StoredPacket
        {
            Timestamp = frame is { KeepsTimestamp: true, RtpTimestamp: { } kept }
                ? State.Clock.Keep(kept, frame.CaptureTime ?? now)
                : State.Clock.Next(frame.RtpTimestamp, frame.CaptureTime ?? now),
            PayloadType = codec.PayloadType,
            RtxPayloadType = codec.RtxPayloadType ?? 0,
            IsOfKeyFrame = frame.IsKeyFrame,
            RecoveryDelay = frame.RecoveryDelay,
        };
        // A frame that is upright, as the one before, need not say so.
        VideoRotation? rotation = frame.IsKeyFrame || frame.Rotation != VideoRotation.None
            || frame.Rotation != _lastRotation ? frame.Rotation : null;
        _lastRotation = frame.Rotation;
        _source.PictureId = (ushort)(_source.PictureId + 1 & 0x7FFF);

        int length;
        var start = _history.Next;
        switch (frame.Codec)
        {
            case RtcCodec.Vp8:
                var vp8 = new Vp8Packetizer(frame.Payload, _source.PictureId, _transmitter.MaxPayload);
                while (_history.Room > 1 && (length = vp8.WriteNext(_history.Reserve(), out var last)) > 0)
                    Commit(ref fields, length, last, rotation);
                break;
            case RtcCodec.Vp9:
                var vp9 = new Vp9Packetizer(frame.Payload, frame.IsKeyFrame, _source.PictureId, _transmitter.MaxPayload);
                while (_history.Room > 1 && (length = vp9.WriteNext(_history.Reserve(), out var last)) > 0)
                    Commit(ref fields, length, last, rotation);
                break;
            case RtcCodec.H264:
                var h264 = new H264Packetizer(frame.Payload, _transmitter.MaxPayload);
                while (_history.Room > 1 && (length = h264.WriteNext(_history.Reserve(), out var last)) > 0)
                    Commit(ref fields, length, last, rotation);
                break;
        }

        // Without a marker on its last packet the frame did not fit: nothing of it is sent.
        if (_history.Next > start && _history[_history.Next - 1].Marker)
            return true;
        _history.TakeBack(start);
        return false;
    }

    private void Commit(ref StoredPacket fields, int length, bool last, VideoRotation? rotation)
    {
        fields.Marker = last;
        fields.Rotation = last ? rotation : null;
        _history.Commit(fields, length);
    }

    // Until a report says that the peer has had packets with it, enough of them for some whole frames.
    private bool TellsDelay()
    {
        if (_delayTellsUntil is { } until && (short)((ushort)State.LastReport.HighestSequence - (ushort)until) >= 0)
            _delayTellsUntil = null;
        return _delayTellsUntil is not null;
    }

    private OutgoingPacket Describe(in StoredPacket packet, long sequence) => new()
    {
        Ssrc = State.Ssrc,
        PayloadType = packet.PayloadType,
        SequenceNumber = (ushort)sequence,
        Timestamp = packet.Timestamp,
        Marker = packet.Marker,
        Rotation = packet.Rotation,
        WithMid = !State.IsKnownToPeer,
        PlayoutDelay = packet.IsOfKeyFrame || !State.IsKnownToPeer || TellsDelay() ? _playoutDelay.Current : null,
    };

    private int SendAgain(long sequence, bool isProbe, TimeSpan now)
    {
        ref var packet = ref _history[sequence];
        RetransmittedPackets++;
        var outgoing = Describe(packet, sequence);
        if (packet.RtxPayloadType != 0 && _media.LocalRtxSsrc != 0)
        {
            outgoing = outgoing with
            {
                Ssrc = _media.LocalRtxSsrc,
                PayloadType = packet.RtxPayloadType,
                SequenceNumber = _source.NextRtxSequence++,
                OriginalSequence = (ushort)sequence,
                WithMid = true,
            };
        }

        return _transmitter.Send(outgoing, packet.Payload, isProbe, now);
    }
}
