using System.Diagnostics.CodeAnalysis;
using LiveFace.Media.Codecs;
using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Relay;

/// <summary>
/// A room's redacted picture in one codec, and its sound, for one other node: an outlet that copies into a bounded queue and
/// never waits. One reader takes from it. What the other node asks for goes to the encoder as a viewer's wishes do.
/// </summary>
public sealed class RelayFeed : IRoomFeed, IDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(16);

    private readonly RelayQueue _queue;
    private readonly RelayLink _link = new();
    private readonly RelaySignal _signal = new();
    private readonly RelayMeter _meter;
    private readonly TimeProvider _clock;
    private readonly Action<VideoCodec> _wishKeyFrame;
    private readonly Action<RelayFeed> _leave;
    private readonly VideoCodec _codec;
    private long _target;
    private volatile int _viewers;
    private volatile bool _sound;
    private int _keyFrames;
    private readonly long _openedAt;
    private long _retriedAt;
    private TimeSpan _retry = FirstRetry;
    private int _ended;

    internal RelayFeed(
        VideoCodec codec, long epoch, RelayMeter meter, TimeProvider clock, Action<VideoCodec> wishKeyFrame, Action<RelayFeed> leave)
    {
        (_codec, Epoch, _meter, _clock, _wishKeyFrame, _leave) = (codec, epoch, meter, clock, wishKeyFrame, leave);
        _queue = new RelayQueue(meter);
        _retriedAt = _openedAt = clock.GetTimestamp();
        meter.StreamOpened();
    }

    /// <summary>Which ownership of the room the picture is of.</summary>
    public long Epoch { get; }

    /// <summary>What waits for the reader.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Whether the room let go of it, or its reader did.</summary>
    public bool IsEnded => Volatile.Read(ref _ended) != 0;

    int IRoomFeed.Watching => _viewers;

    VideoCodec IVideoWay.Codec => _codec;

    bool IVideoWay.IsReady => _viewers > 0 && !IsEnded;

    /// <summary>What the slowest viewers there take, as far as the way there takes it.</summary>
    long IVideoWay.TargetBitrate => _link.Of(Interlocked.Read(ref _target));

    int IVideoWay.Viewers => Math.Max(1, _viewers);

    /// <summary>True when there may be something to take; false when nothing comes any more.</summary>
    public ValueTask<bool> WaitAsync() => _signal.WaitAsync();

    /// <summary>The next picture or packet, to be given back by <see cref="Return"/>.</summary>
    public bool TryTake([NotNullWhen(true)] out RelayParcel? parcel)
    {
        _signal.Clear();
        return _queue.TryTake(out parcel);
    }

    /// <summary>A parcel has been written; its memory is used again.</summary>
    public void Return(RelayParcel parcel)
    {
        _link.Wrote(parcel.Payload.Length);
        if (parcel.IsPicture)
            _meter.Picture(parcel.Payload.Length);
        else
            _meter.Sound();
        _queue.Return(parcel);
    }

    /// <summary>Wakes the reader though nothing new is there.</summary>
    public void Wake() => _signal.Set();

    /// <summary>What the other node asks for from now on.</summary>
    public void Demand(in RelayDemand demand)
    {
        Interlocked.Exchange(ref _target, demand.TargetBitrate);
        _viewers = demand.Viewers;
        _sound = demand.Sound;
        var asked = demand.KeyFrames - Interlocked.Exchange(ref _keyFrames, demand.KeyFrames);
        if (asked <= 0)
            return;
        _meter.KeyFrameAsked(asked);
        _wishKeyFrame(_codec);
    }

    /// <summary>Ends it and leaves the room. Safe to call more than once.</summary>
    public void Dispose()
    {
        End();
        _leave(this);
    }

    /// <summary>Copies and returns; never waits for the other node.</summary>
    SendVerdict IVideoOutlet.Send(in SentPicture sent)
    {
        var parcel = _queue.RentPicture(sent.Picture.IsKeyFrame, sent.Picture.Payload.Length);
        _link.Look(_queue.Pictures, parcel is null && !_queue.IsStuck, Interlocked.Read(ref _target), _clock.GetElapsedTime(_openedAt));
        if (parcel is not null)
        {
            parcel.Set(sent);
            _queue.Add(parcel);
            _signal.Set();
            return SendVerdict.Sent;
        }

        Retry();
        return SendVerdict.Congested;
    }

    internal void Send(in OutgoingAudioPacket packet)
    {
        if (!_sound || IsEnded || _queue.RentSound() is not { } parcel)
            return;
        parcel.Set(packet);
        _queue.Add(parcel);
        _signal.Set();
    }

    void IRoomFeed.Send(in OutgoingAudioPacket packet) => Send(packet);

    void IRoomFeed.End() => End();

    /// <summary>The room lets go of it.</summary>
    internal void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        _meter.StreamClosed();
        _signal.End();
    }

    /// <summary>
    /// A node that fell behind gets a keyframe once it has taken all that waited, and each time later than the last: what
    /// one node cannot keep up with may not cost the room's other viewers a keyframe again and again.
    /// </summary>
    private void Retry()
    {
        if (!_queue.IsStuck || _clock.GetElapsedTime(_retriedAt) is var since && since < _retry)
            return;
        _retry = since > 4 * LongestRetry ? FirstRetry : _retry * 2 < LongestRetry ? _retry * 2 : LongestRetry;
        _retriedAt = _clock.GetTimestamp();
        _wishKeyFrame(_codec);
    }
}
