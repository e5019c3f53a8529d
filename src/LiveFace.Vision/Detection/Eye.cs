using LiveFace.Media;
using LiveFace.Media.Frames;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Detection;

/// <summary>
/// One detector's view of one stream. A look has three steps: <see cref="TrySample"/> on the frame's thread before the
/// frame is redacted, <see cref="Infer"/> on any thread, and the pipeline takes the answer in. At most one look is
/// under way: while it is, newer frames are not sampled, so a slow detector sees fewer frames and delays none.
/// </summary>
public sealed class Eye : IDisposable
{
    private const int Idle = 0;
    private const int Sampled = 1;
    private const int Inferring = 2;
    private const int Answered = 3;

    private readonly IDetectorLane _lane;
    private readonly LookPlan _plan;
    private readonly TimeProvider _clock;
    private readonly ChangeMap _changes = new();
    private long _scene = -1;
    private int _state;
    private long _pixels;
    private int _width;
    private int _height;
    private DetectionVerdict _verdict;
    private bool _failedToSample;

    internal Eye(IDetector detector, int index, int windows, TimeProvider clock)
    {
        Detector = detector;
        Index = index;
        _clock = clock;
        _lane = detector.OpenLane(windows);
        _plan = new LookPlan(windows);
        Scheduler = new LookScheduler(
            detector.InputSize, detector.InputStep, detector.SmallestFace, detector is { TakesTurns: true, InputStep: > 0, SmallestFace: > 0 });
        Receipt = new LookReceipt(detector, Found);
    }

    /// <summary>What looks.</summary>
    public IDetector Detector { get; }

    /// <summary>Its index in the pipeline, which tracks name as their source.</summary>
    internal int Index { get; }

    /// <summary>Where the look under way, or the last one, looks.</summary>
    internal LookPlan Plan => _plan;

    /// <summary>What decides where it looks.</summary>
    internal LookScheduler Scheduler { get; }

    /// <summary>Whether it takes no new frame for now. A look that is under way comes to its end.</summary>
    public bool Pauses { get; set; }

    /// <summary>Whether a look is sampled and waits for <see cref="Infer"/>.</summary>
    public bool IsSampled => Volatile.Read(ref _state) == Sampled;

    /// <summary>Whether the next frame can be sampled.</summary>
    public bool IsIdle => Volatile.Read(ref _state) == Idle;

    /// <summary>Whether an answer waits to be applied.</summary>
    public bool IsAnswered => Volatile.Read(ref _state) == Answered;

    /// <summary>Time of the frame of the look that is under way, or of the last one.</summary>
    public TimeSpan TakenAt { get; private set; }

    /// <summary>Time of the latest frame that was looked at whole and soundly; null before the first.</summary>
    public TimeSpan? LastSeen { get; internal set; }

    /// <summary>Looks that failed since the last that did not.</summary>
    internal int FailuresInARow { get; set; }

    /// <summary>Looks that failed.</summary>
    public long Failures { get; internal set; }

    /// <summary>Looks that were answered.</summary>
    public long Looks { get; internal set; }

    /// <summary>How long the last inference took.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>What the last look was and what came of it; it stands until the next frame is sampled.</summary>
    public LookReceipt Receipt { get; }

    /// <summary>The last answer; it stands until the next <see cref="Infer"/>.</summary>
    internal DetectionList Found { get; } = new();

    /// <summary>What the last answer can say something about.</summary>
    internal LookReach Reach => new(_plan.Windows, Detector.Thresholds, (float)_width * _height);

    /// <summary>
    /// Lets go what was too weak to be hidden by itself, once the tracks have taken in what keeps them alive. A track hides
    /// its own.
    /// </summary>
    internal void DropUnworthy()
    {
        var items = Found.Items;
        var reach = Reach;
        var kept = 0;
        for (var i = 0; i < items.Length; i++)
            if (items[i].IsConfirmed || (items[i].Turns == QuarterTurns.None && items[i].Score >= reach.BarFor(items[i].Box)))
                items[kept++] = items[i];
        Found.Truncate(kept);
    }

    /// <summary>Plans a look at a frame and copies what it needs; the scene tells what the tracker knows of the frame.</summary>
    internal bool TrySample(
        VideoFrame frame, in FrameMark mark, CellPicture cells, Tracker scene, TimeSpan budget, LookPace pace, in LookPromise promise)
    {
        if (Pauses || Volatile.Read(ref _state) != Idle)
            return false;
        if (scene.Scenes != _scene)
            StartAnew(scene.Scenes);
        Scheduler.Promise(promise, mark.Time);
        Receipt.Begin(mark, cells);
        if (pace == LookPace.ByNeed)
        {
            _changes.Compare(scene.Picture, scene.Tracks, Index);
            Scheduler.PlanByNeed(_plan, frame.Width, frame.Height, scene.Tracks, Index, budget, _changes);
        }
        else
        {
            Scheduler.Plan(_plan, frame.Width, frame.Height, scene.Tracks, Index, budget);
        }

        _pixels = 0;
        var sized = frame.Width != _width || frame.Height != _height;
        _width = frame.Width;
        _height = frame.Height;
        SampleWindows(frame, sized);
        TakenAt = mark.Time;
        Volatile.Write(ref _state, Sampled);
        return true;
    }

    /// <summary>Runs the model on what was sampled. False when nothing was, or another thread is at it.</summary>
    public bool Infer()
    {
        if (Interlocked.CompareExchange(ref _state, Inferring, Sampled) != Sampled)
            return false;
        var begin = _clock.GetTimestamp();
        Found.Clear();
        _verdict = Look();
        Took = _clock.GetElapsedTime(begin);
        Volatile.Write(ref _state, Answered);
        return true;
    }

    private DetectionVerdict Look()
    {
        // Whatever a detector does, the look ends with an answer: a look without one would never be repeated.
        try
        {
            var verdict = _failedToSample ? DetectionVerdict.Failed : _lane.Infer(Found);
            if (verdict != DetectionVerdict.Seen)
                return verdict;
            if (Found.Dropped > 0)
                return DetectionVerdict.TooMany;
            foreach (ref readonly var item in Found.Items)
                if (!float.IsFinite(item.Box.Left + item.Box.Top + item.Box.Right + item.Box.Bottom + item.Score))
                    return DetectionVerdict.NotFinite;
            LookMerger.Merge(Found, _plan.Windows, Detector.Thresholds.Overlap, _width, _height);
            return Found.Dropped > 0 ? DetectionVerdict.TooMany : DetectionVerdict.Seen;
        }
#pragma warning disable CA1031 // A detector may throw anything; the verdict says that nothing is known.
        catch (Exception error)
#pragma warning restore CA1031
        {
            FaultReports.Report("look", error);
            return DetectionVerdict.Failed;
        }
    }

    private void SampleWindows(VideoFrame frame, bool sized)
    {
        _failedToSample = false;
        try
        {
            _lane.Reset();
            // All at once for the first frame of a size, and not bit by bit whenever the budget allows more than before.
            if (sized)
                _lane.Prepare(
                    frame.Width, Scheduler.InputsFor(frame.Width, frame.Height, _plan.Capacity), Scheduler.TurnedInputsFor(frame.Width, frame.Height));
            foreach (ref readonly var planned in _plan.Windows)
            {
                if (!_lane.Sample(frame, planned.Window, planned.Size, planned.Turns))
                    break;
                _pixels += planned.Size.Area;

                // What is upright was not looked at, and is all that is promised.
                if (!planned.IsUpright)
                    continue;
                Receipt.Add(planned);
                if (planned.IsFine)
                    _changes.Looked(planned.Window, ChangeMap.Enough, planned.IsEnlarged);
                else if (Scheduler.IsFinest(planned))
                    _changes.Looked(planned.Window, tries: 1, isEnlarged: false);
            }

            // Looking at nothing and finding nothing would read as 'there is nothing'.
            _failedToSample = _pixels == 0;
        }
#pragma warning disable CA1031 // A detector may throw anything; the look then ends with 'nothing is known'.
        catch (Exception error)
#pragma warning restore CA1031
        {
            FaultReports.Report("sample", error);
            _failedToSample = true;
        }
    }

    internal bool TryTakeAnswer(out DetectionVerdict verdict)
    {
        verdict = _verdict;
        if (Volatile.Read(ref _state) != Answered)
            return false;
        Receipt.Complete(verdict);
        if (verdict == DetectionVerdict.Seen)
            Scheduler.Weigh(Found, Reach, Detector.Thresholds);
        Scheduler.Learn(_pixels, Took);
        if (verdict != DetectionVerdict.Seen)
            StartAnew(_scene);
        Volatile.Write(ref _state, Idle);
        return true;
    }

    private void StartAnew(long scene)
    {
        _scene = scene;
        _changes.Forget();
        Scheduler.Alarm();
    }

    /// <inheritdoc/>
    public void Dispose() => _lane.Dispose();
}
