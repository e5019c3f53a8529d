using LiveFace.WebRtc.Rtp;

namespace LiveFace.WebRtc.Receiving;

/// <summary>
/// One video source: packets in, whole frames out in decode order. A packet in order goes straight to its frame. Behind a
/// gap packets wait while the missing one can still come; then the stream goes on at the next frame that needs nothing
/// of what is missing.
/// </summary>
internal sealed class VideoReceiver
{
    private readonly ReorderBuffer _ahead;
    private readonly FrameJoiner _frames;
    private SequenceUnwrapper _sequences;
    private long _next = -1;
    private long _highest = -1;

    // The newest key frame that begins behind a gap, and how far its packets are there without a gap.
    private long _keyStart = -1;
    private long _keyScan;

    public VideoReceiver(
        string mid, uint ssrc, int clockRate, bool nack, SenderClock senderClock, PacketBufferPool pool,
        IReceivedMedia media)
    {
        Ssrc = ssrc;
        Statistics = new(ssrc, clockRate);
        Clock = new(senderClock, clockRate);
        Nacks = new(nack);
        _ahead = new(pool);
        _frames = new(mid, clockRate, Clock, KeyFrames, media);
    }

    public uint Ssrc { get; }

    public ReceptionStatistics Statistics { get; }

    public SourceClock Clock { get; }

    public NackSchedule Nacks { get; }

    public KeyFrameDemand KeyFrames { get; } = new();

    public RtcCodec Codec { get; private set; }

    public long Frames => _frames.Frames;

    public long KeyFramesHandedOver => _frames.KeyFrames;

    public long FramesDropped => _frames.Dropped;

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
            _frames.Take(traits, payload, wasMissing, now);
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
        _frames.LoseTrack();
        SkipTo(sequence, now);
    }

    private void Drain(TimeSpan now)
    {
        while (_ahead.Count > 0 && _ahead.TryPeek(_next, out var traits, out var payload))
        {
            var sequence = _next++;
            _frames.Take(traits, payload, waited: true, now);
            _ahead.Remove(sequence);
        }

        if (_keyStart < _next)
            _keyStart = -1;
    }

    private void GiveUp(TimeSpan now)
    {
        for (var from = _next; from <= _highest; from++)
        {
            if (!_ahead.TryPeek(from, out var traits, out _))
                continue;
            var goesOn = _frames.CanGoOnAt(traits);
            if (!goesOn && !traits.BeginsKeyFrame)
                continue;
            if (goesOn)
                _frames.PassOver();
            else
                _frames.LoseTrack();
            SkipTo(from, now);
            return;
        }

        _frames.LoseTrack();
        SkipTo(_highest + 1, now);
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
                _frames.LoseTrack();
                SkipTo(_keyStart, now);
                return;
            }

            _keyScan++;
        }
    }

    private void SkipTo(long sequence, TimeSpan now)
    {
        _frames.OnGap();
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
            _frames.LoseTrack();
        }

        _ahead.Clear();
        Nacks.Clear();
        _frames.OnGap();
        _keyStart = -1;
        _next = sequence;
        _highest = sequence - 1;
    }
}
