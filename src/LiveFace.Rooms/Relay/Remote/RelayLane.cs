using LiveFace.Media.Codecs;
using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Relay.Remote;

/// <summary>One codec of a room that another node owns: pulled once, handed to everybody here who gets it.</summary>
internal sealed class RelayLane(RelayedRoom room, VideoCodec codec, RelayMeter meter) : IRelaySink
{
    private static readonly TimeSpan RateInterval = TimeSpan.FromMilliseconds(200);

    private readonly RelaySignal _signal = new();
    private volatile IRelayedOutlet[] _outlets = [];
    private long[] _targets = [];
    private int[] _viewers = [];
    private TimeSpan _ratedAt = -RateInterval;
    private bool _needsKeyFrame;
    private int _keyFrames;
    private RelayDemand? _demanded;
    private volatile bool _sound;

    public VideoCodec Codec { get; } = codec;

    public string Room => room.Name;

    public long LeastEpoch => room.Epochs.Newest;

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
    public void End() => _signal.End();

    public void Opened()
    {
        _needsKeyFrame = true;
        room.Opened();
    }

    public void Take(in RelayedPicture picture, in RelayTimes times)
    {
        if (!room.Epochs.TryAdmit(picture.Epoch, out _))
        {
            meter.Dropped(RelayDrop.OlderEpoch);
            return;
        }

        Taken++;
        meter.Picture(picture.Payload.Length);
        if (_needsKeyFrame && !picture.IsKeyFrame)
        {
            meter.Dropped(RelayDrop.BeforeKeyFrame);
            return;
        }

        _needsKeyFrame = false;
        var now = room.Now;
        var local = room.Epochs.Map(times, now);
        foreach (var outlet in _outlets)
            if (outlet.IsReady && outlet.Send(picture, local) is SendVerdict.Congested or SendVerdict.WaitingForKeyFrame)
                meter.Dropped(RelayDrop.ViewerCongested);
        if (now - _ratedAt < RateInterval)
            return;
        _ratedAt = now;
        _signal.Set();
    }

    public void Take(in OutgoingAudioPacket packet, long epoch)
    {
        if (!room.Epochs.TryAdmit(epoch, out var source))
        {
            meter.Dropped(RelayDrop.OlderEpoch);
            return;
        }

        Taken++;
        meter.Sound();
        if (_sound)
            room.Hear(packet, source);
    }

    public ValueTask<bool> WaitAsync() => _signal.WaitAsync();

    public bool TryTakeDemand(out RelayDemand demand)
    {
        _signal.Clear();
        demand = Read();
        if (_demanded is { } last && demand == last with { TargetBitrate = demand.TargetBitrate }
            && Math.Abs(demand.TargetBitrate - last.TargetBitrate) <= last.TargetBitrate / 50)
            return false;
        meter.KeyFrameAsked(demand.KeyFrames - (_demanded?.KeyFrames ?? 0));
        _demanded = demand;
        return true;
    }

    public void ForgetDemand()
    {
        _demanded = null;
        // A stream begins with a keyframe.
        Interlocked.Exchange(ref _keyFrames, 1);
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
