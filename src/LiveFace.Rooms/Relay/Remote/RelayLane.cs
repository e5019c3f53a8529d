using LiveFace.Media.Codecs;
using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Relay.Remote;

/// <summary>One codec of a room that another node owns: pulled once, handed to everybody here who gets it.</summary>
internal sealed class RelayLane : IRelaySink, IDisposable
{
    private static readonly TimeSpan RateInterval = TimeSpan.FromMilliseconds(200);

    private readonly RelayedRoom _room;
    private readonly RelayMeter _meter;
    private readonly RelayCard _card;
    private readonly Lock _sending = new();
    private readonly RelaySignal _signal = new();
    private volatile IRelayedOutlet[] _outlets = [];
    private long[] _targets = [];
    private int[] _viewers = [];
    private TimeSpan _ratedAt = -RateInterval;
    private bool _needsKeyFrame;
    private bool _isBroken;
    private bool _ended;
    private int _keyFrames;
    private RelayDemand? _demanded;
    private volatile bool _sound;

    public RelayLane(RelayedRoom room, VideoCodec codec, RelayMeter meter, RoomParts parts)
    {
        (_room, Codec, _meter) = (room, codec, meter);
        _card = new RelayCard(parts, codec, ShowCard);
    }

    public VideoCodec Codec { get; }

    public string Room => _room.Name;

    public long LeastEpoch => _room.Epochs.Newest;

    /// <summary>Messages of the owner so far.</summary>
    public long Taken { get; private set; }

    /// <summary>Who gets it from now on, and whether it brings the sound for all.</summary>
    public void Set(IRelayedOutlet[] outlets, bool sound)
    {
        (_outlets, _sound) = (outlets, sound);
        _signal.Set();
    }

    public void WishKeyFrame()
    {
        Interlocked.Increment(ref _keyFrames);
        _signal.Set();
    }

    /// <summary>Nothing is wanted any more.</summary>
    public void Dispose()
    {
        _signal.End();
        lock (_sending)
        {
            _ended = true;
            _card.Dispose();
        }
    }

    public void Opened()
    {
        lock (_sending)
            _needsKeyFrame = true;
        _room.Opened();
    }

    /// <summary>The stream has ended; where none comes in its place soon, viewers are shown so.</summary>
    public void Broken()
    {
        lock (_sending)
        {
            if (_isBroken || _ended)
                return;
            _isBroken = true;
            _card.Begin();
        }
    }

    public void Take(in RelayedPicture picture, in RelayTimes times)
    {
        if (!TryAdmit(picture.Epoch))
            return;
        _meter.Picture(picture.Payload.Length);
        lock (_sending)
        {
            if (!IsShown(picture.IsKeyFrame, picture.Payload))
                return;
            var now = _room.Now;
            var local = _room.Epochs.Map(times, now);
            foreach (var outlet in _outlets)
                if (outlet.IsReady)
                    Count(outlet.Send(picture, local));
            Rate(now);
        }
    }

    /// <summary>Takes a picture of the room's own encoder, since this node owns the room by that epoch.</summary>
    public void Take(in SentPicture sent, long epoch)
    {
        if (!TryAdmit(epoch))
            return;
        lock (_sending)
        {
            if (!IsShown(sent.Picture.IsKeyFrame, sent.Picture.Payload))
                return;
            var now = _room.Now;
            Send(sent with { RtpTimestamp = _room.Epochs.Map(new RelayTimes(sent.RtpTimestamp, null, default), now).RtpTimestamp });
            Rate(now);
        }
    }

    public void Take(in OutgoingAudioPacket packet, long epoch)
    {
        if (!_room.Epochs.TryAdmit(epoch, out var source))
        {
            _meter.Dropped(RelayDrop.OlderEpoch);
            return;
        }

        Taken++;
        _meter.Sound();
        if (_sound)
            _room.Hear(packet, source);
    }

    public ValueTask<bool> WaitAsync() => _signal.WaitAsync();

    public bool TryTakeDemand(out RelayDemand demand)
    {
        _signal.Clear();
        demand = Read();
        if (_demanded is { } last && demand == last with { TargetBitrate = demand.TargetBitrate }
            && Math.Abs(demand.TargetBitrate - last.TargetBitrate) <= last.TargetBitrate / 50)
            return false;
        _meter.KeyFrameAsked(demand.KeyFrames - (_demanded?.KeyFrames ?? 0));
        _demanded = demand;
        return true;
    }

    public void ForgetDemand()
    {
        _demanded = null;
        // A stream begins with a keyframe.
        Interlocked.Exchange(ref _keyFrames, 1);
    }

    private bool TryAdmit(long epoch)
    {
        if (!_room.Epochs.TryAdmit(epoch, out _))
        {
            _meter.Dropped(RelayDrop.OlderEpoch);
            return false;
        }

        Taken++;
        return true;
    }

    private bool IsShown(bool isKeyFrame, ReadOnlySpan<byte> payload)
    {
        if (_needsKeyFrame && !isKeyFrame)
        {
            _meter.Dropped(RelayDrop.BeforeKeyFrame);
            return false;
        }

        _needsKeyFrame = false;
        if (isKeyFrame)
            _card.Learn(payload);
        if (_isBroken)
            _card.End();
        _isBroken = false;
        return true;
    }

    /// <summary>After a card only a keyframe helps, whoever it comes from.</summary>
    private void ShowCard()
    {
        lock (_sending)
        {
            if (!_isBroken || _ended || !Array.Exists(_outlets, outlet => outlet.IsReady))
                return;
            var card = _card.Draw();
            if (card.IsEmpty)
                return;
            _needsKeyFrame = true;
            Send(new SentPicture { Picture = card, RtpTimestamp = _room.Epochs.Next(_room.Now) });
        }
    }

    private void Send(in SentPicture sent)
    {
        foreach (var outlet in _outlets)
            if (outlet.IsReady)
                Count(outlet.Send(sent));
    }

    private void Count(SendVerdict verdict)
    {
        if (verdict is SendVerdict.Congested or SendVerdict.WaitingForKeyFrame)
            _meter.Dropped(RelayDrop.ViewerCongested);
    }

    private void Rate(TimeSpan now)
    {
        if (now - _ratedAt < RateInterval)
            return;
        _ratedAt = now;
        _signal.Set();
    }

    private RelayDemand Read()
    {
        var outlets = _outlets;
        if (_targets.Length < outlets.Length)
            (_targets, _viewers) = (new long[outlets.Length * 2], new int[outlets.Length * 2]);
        var count = 0;
        foreach (var outlet in outlets)
            if (outlet.IsReady)
                (_targets[count], _viewers[count++]) = (outlet.TargetBitrate, outlet.Viewers);
        var target = count == 0 ? 0 : FanOutRate.SlowestServed(_targets.AsSpan(0, count), _viewers.AsSpan(0, count));
        return new RelayDemand(target, count, _sound, Volatile.Read(ref _keyFrames));
    }
}
