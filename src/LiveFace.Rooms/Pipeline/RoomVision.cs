using System.Diagnostics;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// What a room knows about its pictures. For each frame, on the room's picture thread:
/// <code>
/// answers that came since ► tracks move on ► models that are free sample the frame ► wait for their answers, a little
/// </code>
/// What came of each look goes to the vision state as its receipt; what may be shown is the redactor's business.
/// </summary>
internal sealed class RoomVision : IDisposable
{
    private static readonly VisionOptions VisionOptions = new();

    private readonly string _room;
    private readonly IDetectorShelf _shelf;
    private readonly PipelineOptions _options;
    private readonly PipelineMeter _meter;
    private readonly TimeProvider _clock;
    private readonly VisionPipeline _pipeline;
    private readonly AutoResetEvent _answered = new(initialState: false);
    private readonly List<RoomLook> _looks = [];
    private readonly RoomIdentity _identity;
    private readonly RoomReading _reading;
    private PolicySnapshot? _policy;
    private bool _unresolved;
    private TimeSpan _idle;

    public RoomVision(string room, IDetectorShelf shelf, PipelineOptions options, PipelineMeter meter, TimeProvider clock)
    {
        _room = room;
        _shelf = shelf;
        _options = options;
        _meter = meter;
        _clock = clock;
        _pipeline = new VisionPipeline([], VisionOptions, clock);
        _identity = new RoomIdentity(room, shelf);
        _reading = new RoomReading(room, shelf, options.ReadingsPerSecond);
    }

    /// <summary>What the redactor asks.</summary>
    public VisionState State { get; } = new();

    /// <summary>The models that the room has met.</summary>
    public IReadOnlyList<RoomLook> Looks => _looks;

    /// <summary>Sees to it that every model of the policy looks at the room, or is known to be missing.</summary>
    public void Prepare(PolicySnapshot policy)
    {
        if (ReferenceEquals(policy, _policy) && !_unresolved)
            return;
        _policy = policy;
        _unresolved = false;
        foreach (var look in _looks)
            look.IsWanted = policy.Models.Contains(look.Model);
        foreach (var model in policy.Models)
            if (State.Find(model) is null)
                Resolve(model);
    }

    /// <summary>Somebody else sends from the next frame on.</summary>
    public void BeginEpoch() => _pipeline.BeginEpoch();

    /// <summary>Looks at a frame, which nobody has changed yet, and gives it its mark.</summary>
    public FrameMark See(
        VideoFrame frame, TimeSpan now, int rotation, PolicySnapshot policy, LoadLevel load, FrameTracks tracks)
    {
        var began = Stopwatch.GetTimestamp();
        TakeAnswers(now);
        var mark = _pipeline.Follow(frame, now, rotation);
        var tracked = Stopwatch.GetTimestamp();
        _meter.Track.Add(began, tracked);

        Choose(policy, load.Looks(mark.Index, policy));
        var looks = _clock.GetTimestamp();
        Begin(frame, now, policy, load);
        Wait(now, policy);
        NoteIdle(_clock.GetElapsedTime(looks) - _options.LookBudget);
        TakeAnswers(now);
        _meter.Detect.Add(tracked, Stopwatch.GetTimestamp());
        tracks.Set(_pipeline, frame, waits: policy.Policy.LookAheadFrames > 0);
        _identity.See(frame, tracks, policy, State);
        _reading.See(frame, tracks, policy, State, load);
        return mark;
    }

    public void Dispose()
    {
        foreach (var look in _looks)
            look.Thread.Dispose();
        _identity.Dispose();
        _reading.Dispose();
    }

    private void Resolve(string model)
    {
        switch (_shelf.Find(model, out var detector))
        {
            case ShelfState.Ready when _looks.Count < VisionOptions.MaximumDetectors:
                State.Add(model, detector!);
                var eye = _pipeline.Add(detector!);
                _looks.Add(new RoomLook(model, eye, new LookThread(eye, _answered, _room)) { IsWanted = true });
                break;
            case ShelfState.Loading:
                _unresolved = true;
                break;
            default:
                // Asked again with each frame, since a model may be prepared while the room runs.
                _unresolved = true;
                State.Missing(model);
                break;
        }
    }

    /// <summary>Lets those models pause that are not wanted, and those whose answers are late while the machine is busy.</summary>
    private void Choose(PolicySnapshot policy, bool looksLate)
    {
        foreach (var look in _looks)
        {
            var isShed = look.IsWanted && !looksLate && !look.IsInTime(LimitOf(policy));
            look.Eye.Pauses = isShed || !look.IsWanted;
            if (isShed)
                _meter.Dropped(PipelineDrop.DetectionShed);
        }
    }

    private void Begin(VideoFrame frame, TimeSpan now, PolicySnapshot policy, LoadLevel load)
    {
        _pipeline.Sample(
            frame, load.Budget(_options.LookBudget), policy.LooksAtAll ? LookPace.Full : LookPace.ByNeed,
            policy.PromiseFor(frame.Width, frame.Height));
        foreach (var look in _looks)
        {
            if (look.Eye.Pauses)
                continue;
            if (look.Eye.IsSampled)
                look.Thread.Begin();
            else if (look.Eye.TakenAt != now)
                _meter.Dropped(PipelineDrop.DetectorBusy);
        }
    }

    /// <summary>Waits for the answers about this frame as long as they are worth it.</summary>
    private void Wait(TimeSpan now, PolicySnapshot policy)
    {
        var limit = LimitOf(policy);
        var began = Stopwatch.GetTimestamp();
        while (IsAwaited(now, limit))
        {
            var left = limit - Stopwatch.GetElapsedTime(began);
            if (left > TimeSpan.Zero && _answered.WaitOne((int)Math.Ceiling(left.TotalMilliseconds)))
                continue;
            _meter.Dropped(PipelineDrop.DetectionLate);
            return;
        }
    }

    /// <summary>Waiting beyond the whole budget of a look is idle: what was promised takes so long, and no smaller one would spare it.</summary>
    private void NoteIdle(TimeSpan beyond) => _idle += beyond > TimeSpan.Zero ? beyond : TimeSpan.Zero;

    /// <summary>How long it was idle since this was last asked.</summary>
    public TimeSpan TakeIdle()
    {
        var idle = _idle;
        _idle = default;
        return idle;
    }

    private TimeSpan LimitOf(PolicySnapshot policy) => policy.Policy.Strict ? _options.StrictWait : _options.DetectionWait;

    private bool IsAwaited(TimeSpan now, TimeSpan limit)
    {
        foreach (var look in _looks)
        {
            if (!look.IsWanted || look.Eye.IsAnswered || look.Eye.IsIdle)
                continue;

            // A model that is still at an earlier frame, or always takes longer than there is time, is not waited for.
            if (look.Eye.TakenAt == now && look.IsInTime(limit))
                return true;
        }

        return false;
    }

    private void TakeAnswers(TimeSpan now)
    {
        if (!_pipeline.Apply())
            return;
        foreach (var look in _looks)
        {
            if (look.Eye.Looks == look.Looks)
                continue;
            look.Looks = look.Eye.Looks;
            look.Learn(look.Eye.Took);
            _meter.Looks.Add(now, 0);
            if (look.Eye.Receipt.Verdict == DetectionVerdict.TooMany)
                _meter.Dropped(PipelineDrop.DetectionOverfull);
            State.Take(look.Model, look.Eye.Receipt);
        }
    }

    /// <summary>What is followed, as of the last frame.</summary>
    public ReadOnlySpan<Track> Tracks => _pipeline.Tracks;
}
