using System.Diagnostics;
using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;
using LiveFace.Redaction;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Policy;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// The way of a room's pictures, from the publisher's encoded frames to everybody's:
/// <code>
/// Receive (packet thread) ► inlet ► [picture thread] decode all, keep the newest ► see ► delay line ► redact ► encode ► send
///                                                                                   ║
///                                                              [a thread for each model] infer
/// </code>
/// One thread does everything that the picture needs in a row, so a picture is never waiting while something else is
/// done with it, and one room's trouble stays in its own threads.
/// </summary>
internal sealed class RoomPipeline : IDisposable
{
    private readonly PipelineOptions _options;
    private readonly PolicyBoard _policies;
    private readonly IPipelineListener _listener;
    private readonly TimeProvider _clock;
    private readonly AutoResetEvent _work = new(initialState: false);
    private readonly FramePool _pool;
    private readonly DecodeStage _decode;
    private readonly DelayLine _delay = new(PolicyLimits.LookAheadFrames);
    private readonly Redactor _redactor;
    private readonly SendStage _send;
    private readonly LoadWatch _load = new();
    private readonly long _started;
    private TimeSpan _lastSeen = TimeSpan.MinValue;
    private Thread? _thread;
    private long _detectionAge;
    private long _heldBack;
    private long _turns;
    private int _seenSource;
    private (int Width, int Height) _shown;
    private volatile bool _stop;

    public RoomPipeline(
        string room, FramePool pool, IVideoCodecs codecs, IDetectorShelf shelf, PolicyBoard policies,
        PipelineOptions options, IPipelineListener listener, TimeProvider clock,
        Func<string?, OverlayPicture?>? stickers = null)
    {
        Room = room;
        _options = options;
        _policies = policies;
        _listener = listener;
        _clock = clock;
        _started = clock.GetTimestamp();
        _pool = pool;
        _decode = new DecodeStage(codecs, pool, options, Meter);
        _redactor = new Redactor(pool, stickers);
        _send = new SendStage(codecs, options, Meter);
        Vision = new RoomVision(room, shelf, options, Meter, clock);
    }

    public string Room { get; }

    public PipelineMeter Meter { get; } = new();

    public RoomVision Vision { get; }

    public EncoderBank Encoders => _send.Encoders;

    /// <summary>How often the picture thread had something to do and came to its end.</summary>
    public long Turns => Interlocked.Read(ref _turns);

    /// <summary>How old the oldest detection was that the last picture stood on.</summary>
    public TimeSpan DetectionAge => TimeSpan.FromTicks(Interlocked.Read(ref _detectionAge));

    /// <summary>How long the look-ahead held the last picture back; nothing without one.</summary>
    public TimeSpan HeldBack => TimeSpan.FromTicks(Interlocked.Read(ref _heldBack));

    /// <summary>Time on the pipeline's own clock.</summary>
    public TimeSpan Now => _clock.GetElapsedTime(_started);

    /// <summary>Who gets the picture from now on. A newcomer needs a keyframe: see <see cref="WishKeyFrame"/>.</summary>
    public void SetOutlets(IVideoOutlet[] outlets) => Encoders.SetOutlets(outlets);

    /// <summary>Somebody who gets this codec cannot go on without a keyframe.</summary>
    public void WishKeyFrame(VideoCodec codec) => Encoders.WishKeyFrame(codec);

    /// <summary>
    /// The policy board has another publisher, or none: pictures of the last one that wait for their turn are let go now,
    /// and not only when the next frame comes.
    /// </summary>
    public void PublisherChanged() => _work.Set();

    /// <summary>Takes a frame in; the payload is copied. Frames of a source that is not the newest are let go.</summary>
    public void Receive(in ReceivedVideoFrame frame, int source)
    {
        if (_stop || source != _policies.Current.Publication || CodecNames.FromRtc(frame.Codec) is not { } codec)
            return;
        Meter.In.Add(Now, frame.Payload.Length);
        var times = new FrameTimes(
            frame.RtpTimestamp, frame.CaptureTime ?? frame.ArrivalTime, _clock.GetTimestamp(), frame.RecoveryDelay);
        if (!_decode.TryAdd(frame, codec, times, source))
        {
            _listener.NeedsKeyFrame();
            return;
        }

        StartThread();
        _work.Set();
    }

    public void Dispose()
    {
        _stop = true;
        if (Interlocked.CompareExchange(ref _thread, Thread.CurrentThread, null) is null)
            Close();
        else
            _work.Set();
    }

    private void StartThread()
    {
        if (Volatile.Read(ref _thread) is not null)
            return;
        var thread = new Thread(Run) { IsBackground = true, Name = $"room {Room}" };
        if (Interlocked.CompareExchange(ref _thread, thread, null) is null)
            thread.Start();
    }

    private void Run()
    {
        while (true)
        {
            _work.WaitOne();
            if (_stop)
                break;
            var began = _clock.GetTimestamp();
#pragma warning disable CA1031 // The room goes on with the next frame; the one that failed is not sent.
            try
            {
                DropGone(_policies.Current);
                if (Decode(out var decoded) is { } picture)
                    Work(picture, decoded);
            }
            catch (Exception error)
            {
                _listener.Failed(error);
            }
#pragma warning restore CA1031
            var worked = _clock.GetElapsedTime(began) - Vision.TakeIdle();
            _load.Worked(Now, worked > TimeSpan.Zero ? worked : TimeSpan.Zero);
            Interlocked.Increment(ref _turns);
        }

        Close();
    }

    private VideoFrame? Decode(out DecodedPicture newest)
    {
        var picture = _decode.TakeNewest(out newest);
        if (newest.NeedsKeyFrame)
            _listener.NeedsKeyFrame();
        if (newest.IsLost && picture is null)
            ShowCard(newest);
        return picture;
    }

    private void Work(VideoFrame picture, in DecodedPicture decoded)
    {
        var policy = _policies.Current;
        DropGone(policy);
        if (decoded.Source != policy.Publication)
        {
            picture.Dispose();
            Meter.Dropped(PipelineDrop.PublisherGone);
            return;
        }

        var place = _delay.Next;
        place.Frame = picture;
        place.Times = decoded.Times;
        place.Policy = policy;
        var now = Now;
        if (_lastSeen != TimeSpan.MinValue && (now - _lastSeen).TotalSeconds < 0.75 / _options.MaximumFrameRate)
        {
            place.Frame = null;
            picture.Dispose();
            Meter.Dropped(PipelineDrop.OverFrameRate);
            return;
        }

        // Two frames never share a time, by which answers find their frames.
        _lastSeen = now = now <= _lastSeen ? _lastSeen + TimeSpan.FromTicks(1) : now;
        if (decoded.Source != _seenSource)
        {
            _seenSource = decoded.Source;
            Vision.BeginEpoch();
        }

        place.SeenAt = now;
        Vision.Prepare(policy);
        Vision.See(picture, now, decoded.Rotation, policy, _load.Level, place.Tracks);
        _delay.Push();
        while (_delay.IsDue(policy.Policy.LookAheadFrames))
            Show(_delay, policy, now, decoded.Source);
    }

    /// <summary>Without it the last picture would be seen until the next keyframe, as if it were now.</summary>
    private void ShowCard(in DecodedPicture lost)
    {
        _delay.Clear();
        if (_shown.Width == 0)
            return;
        using var frame = _pool.Rent(_shown.Width, _shown.Height);
        var now = Now;
        var card = _redactor.Cover(frame, CoverReason.DecoderLost);
        Meter.Shown++;
        Meter.Covered++;
        _send.Send(card, lost.Times, lost.Source, now);
    }

    private void DropGone(PolicySnapshot policy)
    {
        for (var gone = _delay.KeepOnly(policy.Publication); gone > 0; gone--)
            Meter.Dropped(PipelineDrop.PublisherGone);
    }

    private void Show(DelayLine delay, PolicySnapshot policy, TimeSpan now, int source)
    {
        var place = delay.Pop(out var later);
        Interlocked.Exchange(ref _heldBack, later.IsEmpty ? 0 : (now - place.SeenAt).Ticks);
        using var frame = place.Frame!;
        place.Frame = null;
        _shown = (frame.Width, frame.Height);
        var began = Stopwatch.GetTimestamp();
        var redacted = _redactor.Redact(frame, policy, Vision.State, place.Tracks, later, place.Policy);
        Meter.Redact.Add(began, Stopwatch.GetTimestamp());

        // Whoever has a picture finds it in the counts.
        Interlocked.Exchange(ref _detectionAge, _redactor.Decision.Age.Ticks);
        Meter.Shown++;
        if (_redactor.Decision.IsCovered)
            Meter.Covered++;
        Meter.Unseen.Add(_redactor.Unseen);

        var timestamp = _send.Send(redacted, place.Times, source, now);
        Meter.Total.Add((float)_clock.GetElapsedTime(place.Times.Received).TotalMilliseconds);
        _listener.Shown(new ShownPicture
        {
            Tracks = place.Tracks, Vision = Vision.State, Policy = policy, Decision = _redactor.Decision,
            Redactor = _redactor, Number = place.Tracks.Mark.Index,
            RtpTimestamp = timestamp, Width = frame.Width, Height = frame.Height, Now = now,
        });
    }

    private void Close()
    {
        _delay.Dispose();
        _decode.Dispose();
        _send.Dispose();
        _redactor.Dispose();
        Vision.Dispose();
    }
}
