using LiveFace.WebRtc.Rtp;
using LiveFace.WebRtc.Sessions;

namespace LiveFace.WebRtc.Receiving;

/// <summary>
/// One video source: packets in, whole frames out in decode order. A packet in order goes straight into its frame, and
/// the frame is handed over with its last packet. Behind a gap packets wait while the missing one can still come; then
/// the stream goes on at the next key frame, which is asked for.
/// </summary>
internal sealed class VideoReceiver(
    string mid, uint ssrc, int clockRate, bool nack, SenderClock senderClock, PacketBufferPool pool,
    IMediaSessionEvents events)
{
    private readonly ReorderBuffer _ahead = new(pool);
    private readonly FrameAssembler _assembler = new();
    private readonly FrameRhythm _rhythm = new(clockRate);
    private TemporalLayers _layers = new();
    private SequenceUnwrapper _sequences;
    private long _next = -1;
    private long _highest = -1;
    private bool _waitsForKeyFrame = true;

    // Of the packet before in the order; null behind a gap.
    private uint? _lastTimestamp;
    private bool _contiguous = true;

    // The first packet of the frame that is being joined; the timestamp of one that is let go.
    private PacketTraits _first;
    private uint? _passedOver;

    // A packet of the frame that is being joined was missing for a while, or waited behind one that was.
    private bool _waited;

    // The newest key frame that begins behind a gap, and how far its packets are there without a gap.
    private long _keyStart = -1;
    private long _keyScan;

    public string Mid => mid;

    public uint Ssrc => ssrc;

    public ReceptionStatistics Statistics { get; } = new(ssrc, clockRate);

    public SourceClock Clock { get; } = new(senderClock, clockRate);

    public NackSchedule Nacks { get; } = new(nack);

    public KeyFrameDemand KeyFrames { get; } = new();

    public RtcCodec Codec { get; private set; }

    public long Frames { get; private set; }

    public long KeyFramesHandedOver { get; private set; }

    public long FramesDropped { get; private set; }

    public long Discarded { get; private set; }

    public long Retransmitted { get; private set; }

    /// <summary>Takes a packet that came by itself.</summary>
    public void Receive(in RtpPacket packet, RtcCodec codec, VideoRotation rotation, TimeSpan now)
    {
        var sequence = _sequences.Unwrap(packet.SequenceNumber);
        Statistics.Add(sequence, packet.Timestamp, packet.Payload.Length, now);
        Take(sequence, packet, codec, rotation, packet.Payload, retransmitted: false, now);
    }

    /// <summary>Takes a packet out of a retransmission; <paramref name="packet"/> is the RTX packet (RFC 4588).</summary>
    public void ReceiveRetransmitted(
        ushort originalSequence, in RtpPacket packet, RtcCodec codec, VideoRotation rotation,
        ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (_next < 0)
            return;
        Retransmitted++;
        Statistics.AddRetransmitted(payload.Length);
        Take(_sequences.Peek(originalSequence), packet, codec, rotation, payload, retransmitted: true, now);
    }

    /// <summary>Gives up what cannot be saved any more.</summary>
    public void Poll(TimeSpan now, TimeSpan roundTrip)
    {
        while (Nacks.GiveUpAt(roundTrip) <= now)
            GiveUp(now);
    }

    public TimeSpan NextDeadline(TimeSpan roundTrip)
    {
        var nacks = Nacks.NextDeadline(roundTrip);
        var keys = KeyFrames.NextDeadline(roundTrip);
        return nacks < keys ? nacks : keys;
    }

    /// <summary>Puts back every buffer; the source is gone.</summary>
    public void Release() => _ahead.Clear();

    private void Take(
        long sequence, in RtpPacket packet, RtcCodec codec, VideoRotation rotation, ReadOnlySpan<byte> payload,
        bool retransmitted, TimeSpan now)
    {
        if (payload.Length > PacketBufferPool.BufferSize)
        {
            Discarded++;
            return;
        }

        if (_next < 0 || Math.Abs(sequence - _next) >= ReorderBuffer.Capacity)
        {
            if (retransmitted)
                return;
            Restart(sequence);
        }

        var wasMissing = Nacks.Remove(sequence, retransmitted, now);
        if (sequence < _next)
        {
            Discarded++;
            return;
        }

        // An empty payload is padding: it only fills its place in the order.
        var traits = default(PacketTraits);
        if (!payload.IsEmpty && !PacketTraits.TryRead(
            codec, packet.Timestamp, packet.Marker, rotation, payload, out traits))
            Discarded++;

        Codec = codec;
        if (traits.BeginsKeyFrame)
            KeyFrames.OnBegun(now);
        if (sequence == _next)
        {
            _highest = Math.Max(_highest, sequence);
            _next++;
            Consume(traits, payload, wasMissing, now);
            Drain(now);
        }
        else if (!_ahead.TryAdd(sequence, traits, payload))
        {
            Discarded++;
        }
        else
        {
            NoteGap(sequence, now);
            JumpToWholeKeyFrame(sequence, traits, now);
        }
    }

    private void NoteGap(long sequence, TimeSpan now)
    {
        var beyondSaving = false;
        for (var missing = Math.Max(_highest + 1, _next); missing < sequence; missing++)
            beyondSaving |= !Nacks.TryAdd(missing, now);
        _highest = Math.Max(_highest, sequence);
        if (!beyondSaving)
            return;
        LoseTrack();
        SkipTo(sequence, now);
    }

    private void Drain(TimeSpan now)
    {
        while (_ahead.Count > 0 && _ahead.TryPeek(_next, out var traits, out var payload))
        {
            var sequence = _next++;
            Consume(traits, payload, waited: true, now);
            _ahead.Remove(sequence);
        }

        if (_keyStart < _next)
            _keyStart = -1;
    }

    private void Consume(in PacketTraits traits, ReadOnlySpan<byte> payload, bool waited, TimeSpan now)
    {
        if (payload.IsEmpty)
            return;
        if (traits.IsMalformed)
        {
            LoseTrack();
            return;
        }

        var isFirstOfFrame = _lastTimestamp is { } last && last != traits.Timestamp;
        _lastTimestamp = traits.Timestamp;

        // A sender that sets no marker shows the end of a frame by the next one's timestamp.
        if (_assembler.IsOpen && _assembler.Timestamp != traits.Timestamp)
            HandOver(now);
        _waited |= waited;
        if (_waitsForKeyFrame)
        {
            if (!traits.BeginsKeyFrame && !(traits.MayBeginKeyFrame && isFirstOfFrame))
            {
                KeyFrames.Want();
                FramesDropped += traits.Marker ? 1 : 0;
                return;
            }

            _waitsForKeyFrame = false;
        }

        if (!_assembler.IsOpen && !Begin(traits))
            return;
        if (!_assembler.TryAppend(traits, payload))
            LoseTrack();
        else if (traits.Marker)
            HandOver(now);
    }

    // Behind a gap a frame of a higher temporal layer may stand on what is missing: it is let go, and the rest goes on.
    private bool Begin(in PacketTraits traits)
    {
        if (_passedOver == traits.Timestamp)
            return false;
        _passedOver = null;
        _first = traits;
        if (_layers.CanDecode(traits))
            return true;
        if (traits.TemporalLayer is not { } layer || layer == 0)
        {
            LoseTrack();
            return false;
        }

        _layers.OnPassedOver(layer);
        FramesDropped++;
        _contiguous = false;
        _waited = false;
        _passedOver = traits.Timestamp;
        return false;
    }

    private void HandOver(TimeSpan now)
    {
        if (!_assembler.IsWhole)
        {
            LoseTrack();
            return;
        }

        Frames++;
        _layers.OnFrame(_first);
        if (_assembler.IsKeyFrame)
        {
            KeyFramesHandedOver++;
            KeyFrames.OnKeyFrame();
        }

        var late = _rhythm.Lateness(_assembler.Timestamp, now);
        var frame = new ReceivedVideoFrame
        {
            Mid = mid,
            Codec = _assembler.Codec,
            Payload = _assembler.Frame,
            RtpTimestamp = _assembler.Timestamp,
            ArrivalTime = now,
            CaptureTime = Clock.CaptureTime(_assembler.Timestamp),
            Rotation = _assembler.Rotation,
            IsKeyFrame = _assembler.IsKeyFrame,
            IsContiguous = _contiguous,
            RecoveryDelay = _waited ? late : TimeSpan.Zero,
        };
        _contiguous = true;
        _waited = false;
        try
        {
            events.OnVideoFrame(frame);
        }
        finally
        {
            _assembler.Reset();
        }
    }

    private void LoseTrack()
    {
        FramesDropped += _assembler.IsOpen ? 1 : 0;
        _assembler.Reset();
        _layers = new();
        _waitsForKeyFrame = true;
        _contiguous = false;
        _waited = false;
        KeyFrames.Want();
    }

    private void GiveUp(TimeSpan now)
    {
        for (var from = _next; from <= _highest; from++)
        {
            if (!_ahead.TryPeek(from, out var traits, out _))
                continue;
            var goesOn = !_waitsForKeyFrame && !traits.BeginsKeyFrame && _layers.CanFollowGap(traits);
            if (!goesOn && !traits.BeginsKeyFrame)
                continue;
            if (goesOn)
                PassOver();
            else
                LoseTrack();
            SkipTo(from, now);
            return;
        }

        LoseTrack();
        SkipTo(_highest + 1, now);
    }

    // What is missing is not needed.
    private void PassOver()
    {
        FramesDropped += _assembler.IsOpen ? 1 : 0;
        _assembler.Reset();
        _contiguous = false;
        _waited = false;
        _layers.OnGap();
    }

    // A key frame that is whole behind a gap makes everything before it needless.
    private void JumpToWholeKeyFrame(long sequence, in PacketTraits traits, TimeSpan now)
    {
        if (traits.BeginsKeyFrame && sequence > _keyStart
            && (_keyStart < 0 || !_ahead.TryPeek(_keyStart, out var begun, out _)
                || begun.Timestamp != traits.Timestamp))
            _keyStart = _keyScan = sequence;
        if (_keyStart < 0)
            return;
        while (_ahead.TryPeek(_keyScan, out var scanned, out _))
        {
            if (scanned.Marker)
            {
                LoseTrack();
                SkipTo(_keyStart, now);
                return;
            }

            _keyScan++;
        }
    }

    private void SkipTo(long sequence, TimeSpan now)
    {
        _lastTimestamp = null;
        for (; _next < sequence; _next++)
            _ahead.Remove(_next);
        Nacks.RemoveBelow(sequence);
        Drain(now);
    }

    private void Restart(long sequence)
    {
        if (_next >= 0)
        {
            Statistics.Restart();
            LoseTrack();
        }

        _ahead.Clear();
        Nacks.Clear();
        _lastTimestamp = null;
        _keyStart = -1;
        _next = sequence;
        _highest = sequence - 1;
    }
}
