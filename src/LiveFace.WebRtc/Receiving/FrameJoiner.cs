namespace LiveFace.WebRtc.Receiving;

/// <summary>
/// Joins packets, which come in their order, to frames, and hands each over with its last packet. Frames that cannot be
/// decoded are dropped here: those before the first key frame, and those that depend on what is missing.
/// </summary>
internal sealed class FrameJoiner(
    string mid, int clockRate, SourceClock clock, KeyFrameDemand keyFrames, IReceivedMedia media)
{
    private readonly FrameAssembler _assembler = new();
    private readonly FrameRhythm _rhythm = new(clockRate);
    private TemporalLayers _layers = new();
    private bool _waitsForKeyFrame = true;

    // Of the packet before in the order; null behind a gap.
    private uint? _lastTimestamp;
    private bool _contiguous = true;

    // The first packet of the frame that is being joined; the timestamp of one that is dropped.
    private PacketTraits _first;
    private uint? _passedOver;

    // A packet of the frame that is being joined was missing for a while, or waited behind one that was.
    private bool _waited;

    public long Frames { get; private set; }

    public long KeyFrames { get; private set; }

    public long Dropped { get; private set; }

    /// <summary>Whether a packet behind a gap begins a frame that needs nothing of what is missing, key frames aside.</summary>
    public bool CanGoOnAt(in PacketTraits traits) =>
        !_waitsForKeyFrame && !traits.BeginsKeyFrame && _layers.CanFollowGap(traits);

    /// <summary>The next packet does not follow on the last.</summary>
    public void OnGap() => _lastTimestamp = null;

    public void Take(in PacketTraits traits, ReadOnlySpan<byte> payload, bool waited, TimeSpan now)
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
                keyFrames.Want();
                Dropped += traits.Marker ? 1 : 0;
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

    /// <summary>What comes next depends on something that is missing: the next key frame is waited and asked for.</summary>
    public void LoseTrack()
    {
        Dropped += _assembler.IsOpen ? 1 : 0;
        _assembler.Reset();
        _layers = new();
        _waitsForKeyFrame = true;
        _contiguous = false;
        _waited = false;
        keyFrames.Want();
    }

    /// <summary>The frames that are missing are not needed by what comes next.</summary>
    public void PassOver()
    {
        Dropped += _assembler.IsOpen ? 1 : 0;
        _assembler.Reset();
        _contiguous = false;
        _waited = false;
        _layers.OnGap();
    }

    // Behind a gap a frame of a higher temporal layer may depend on what is missing: it is dropped, and the rest goes on.
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
        Dropped++;
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
            KeyFrames++;
            keyFrames.OnKeyFrame();
        }

        var late = _rhythm.Lateness(_assembler.Timestamp, now);
        var frame = new ReceivedVideoFrame
        {
            Mid = mid,
            Codec = _assembler.Codec,
            Payload = _assembler.Frame,
            RtpTimestamp = _assembler.Timestamp,
            ArrivalTime = now,
            CaptureTime = clock.CaptureTime(_assembler.Timestamp),
            Rotation = _assembler.Rotation,
            IsKeyFrame = _assembler.IsKeyFrame,
            IsContiguous = _contiguous,
            RecoveryDelay = _waited ? late : TimeSpan.Zero,
        };
        _contiguous = true;
        _waited = false;
        try
        {
            media.OnVideoFrame(frame);
        }
        finally
        {
            _assembler.Reset();
        }
    }
}
