using LiveFace.Media.Frames;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Detection;

/// <summary>
/// All that looks at one stream: its detectors and one tracker. For each frame, before it is redacted in place:
/// <code>
/// Follow(frame, now)           tracks move on and are corrected by the picture     every frame
/// Sample(frame, budget)        detectors that are free copy what they need          every frame
///    eye.Infer()               the slow part, on any thread, beside the redactor
/// Apply()                      answers that have come in are taken to the tracks    any time, best right after
/// </code>
/// A caller that cannot wait for an answer goes on with the tracks as they are; the answer is carried over to the
/// frame at which it comes in. All but <see cref="Eye.Infer"/> belongs to one thread at a time.
/// </summary>
public sealed class VisionPipeline : IDisposable
{
    private readonly List<Eye> _eyes = [];
    private readonly VisionOptions _options;
    private readonly TimeProvider _clock;
    private readonly Tracker _tracker;
    private readonly FrameMarks _marks;
    private FrameMark _mark;

    /// <summary>Opens lanes on the detectors, which stay the caller's.</summary>
    public VisionPipeline(IReadOnlyList<IDetector> detectors, VisionOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(detectors);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _clock = clock;
        _tracker = new Tracker(options.Tracking with { Sources = Math.Max(options.MaximumDetectors, detectors.Count) });
        _tracker.ActiveSources = 0;
        _marks = new FrameMarks(_tracker);
        foreach (var detector in detectors)
            Add(detector);
    }

    /// <summary>The detectors' views; a track's source is an index into them.</summary>
    public IReadOnlyList<Eye> Eyes => _eyes;

    /// <summary>What is followed, as of the last call; stands until the next one.</summary>
    public ReadOnlySpan<Track> Tracks => _tracker.Tracks;

    /// <summary>Whether there are things in the newest answers that no track stands for, for want of free ones.</summary>
    public bool LeavesOut => _tracker.LeavesOut;

    /// <summary>How many scenes there were: counts up with each cut and each change of the picture's size.</summary>
    internal long Scenes => _tracker.Scenes;

    /// <summary>The scene changed and nothing is known about the new one yet: all of the picture has to be hidden.</summary>
    internal bool Cut => _tracker.Cut;

    /// <summary>
    /// Time of the latest frame that every detector has looked at soundly; null as long as one of them has not. What
    /// is older than the policy allows makes the picture unsafe.
    /// </summary>
    internal TimeSpan? LastSeen
    {
        get
        {
            TimeSpan? oldest = null;
            foreach (var eye in _eyes)
            {
                if (eye.LastSeen is not { } seen)
                    return null;
                if (oldest is null || seen < oldest)
                    oldest = seen;
            }

            return oldest;
        }
    }

    /// <summary>Lets one more detector look at the stream; tracks and their ids stay.</summary>
    /// <exception cref="InvalidOperationException">As many as there may be look already.</exception>
    public Eye Add(IDetector detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        if (_eyes.Count >= _options.MaximumDetectors)
            throw new InvalidOperationException($"More than {_options.MaximumDetectors} detectors for one stream.");
        var eye = new Eye(detector, _eyes.Count, _options.MaximumWindows, _clock);
        _eyes.Add(eye);
        _tracker.ActiveSources = _eyes.Count;
        return eye;
    }

    /// <summary>The brightness of the frame that was followed last.</summary>
    public CellPicture Cells { get; } = new();

    /// <summary>The frame that was followed last.</summary>
    public FrameMark Mark => _mark;

    /// <summary>What was found so far says nothing about the next frame: somebody else sends it.</summary>
    public void BeginEpoch() => _marks.BeginEpoch();

    /// <summary>Moves the tracks on to this frame, and gives it its mark.</summary>
    public FrameMark Follow(VideoFrame frame, TimeSpan now, int rotation = 0)
    {
        _tracker.Predict(frame, now);
        Cells.Read(frame, _tracker.Picture);
        return _mark = _marks.Add(frame, now, rotation);
    }

    /// <summary>
    /// Lets every detector that is free copy what it needs out of the frame that was followed last. Says whether any
    /// did: each of those has to be given its <see cref="Eye.Infer"/>.
    /// </summary>
    internal bool Sample(VideoFrame frame, TimeSpan budget, LookPace pace = LookPace.Full) =>
        Sample(frame, budget, pace, LookPromise.None);

    /// <summary>The same, with what the looks have to keep whatever the budget.</summary>
    public bool Sample(VideoFrame frame, TimeSpan budget, LookPace pace, in LookPromise promise)
    {
        var any = false;
        foreach (var eye in _eyes)
        {
            if (!eye.TrySample(frame, _mark, Cells, _tracker, budget, pace, promise))
                continue;
            _tracker.Keep(eye.Index);
            any = true;
        }

        return any;
    }

    /// <summary>Takes in the answers that have come; says whether there was any, sound or not.</summary>
    public bool Apply()
    {
        var any = false;
        foreach (var eye in _eyes)
        {
            if (!eye.TryTakeAnswer(out var verdict))
                continue;
            any = true;
            eye.Looks++;
            if (verdict != DetectionVerdict.Seen)
            {
                eye.Failures++;
                eye.FailuresInARow++;
                continue;
            }

            eye.FailuresInARow = 0;
            eye.LastSeen = eye.TakenAt;
            _tracker.Update(eye.Found.Items, eye.Detector.Thresholds.Score, eye.TakenAt, eye.Index, eye.Reach);
            eye.DropUnworthy();
        }

        return any;
    }

    /// <summary>All of it at once and in order, where one waits: files, pictures, tests.</summary>
    internal ReadOnlySpan<Track> Observe(VideoFrame frame, TimeSpan now, TimeSpan budget)
    {
        Follow(frame, now);
        if (Sample(frame, budget))
            foreach (var eye in _eyes)
                eye.Infer();
        Apply();
        return Tracks;
    }

    /// <summary>Closes the lanes. No <see cref="Eye.Infer"/> may be under way.</summary>
    public void Dispose()
    {
        foreach (var eye in _eyes)
            eye.Dispose();
    }
}
