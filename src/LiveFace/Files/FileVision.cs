using LiveFace.Media.Frames;
using LiveFace.Redaction.Masks;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Files;

/// <summary>
/// What is known about the pictures of a file. Nobody is waiting, so each look is exhaustive, and the next picture waits
/// for it; tracks follow what was found through a film. The fail-closed rules are told of everything, as in a live room.
/// </summary>
internal sealed class FileVision : IDisposable
{
    private static readonly TrackerOptions Tracking = new();

    private readonly List<Source> _sources = [];
    private readonly Tracker? _tracker;
    private readonly int _every;
    private readonly TimeSpan _longest;
    private readonly FrameMarks _marks;
    private TimeSpan _lookedAt;

    /// <summary>For one picture, in which nothing moves.</summary>
    public FileVision(IReadOnlyList<FileModel> models, FramePool pool)
        : this(models, pool, tracker: null)
    {
    }

    /// <summary>For a film: looks at every n-th picture, and never more rarely than a time.</summary>
    public FileVision(IReadOnlyList<FileModel> models, FramePool pool, int every, TimeSpan longest)
        : this(models, pool, new Tracker(Tracking with { Sources = Math.Max(1, models.Count) }))
    {
        _every = every;
        _longest = longest;
    }

    private FileVision(IReadOnlyList<FileModel> models, FramePool pool, Tracker? tracker)
    {
        _every = 1;
        _tracker = tracker;
        _marks = new FrameMarks(tracker);
        foreach (var (name, detector) in models)
        {
            State.Add(name, detector);
            _sources.Add(new Source(name, new ExhaustiveLook(detector, pool)));
        }
    }

    /// <summary>What the redactor asks.</summary>
    public VisionState State { get; } = new();

    /// <summary>How many things the last look was sure of.</summary>
    public int Found { get; private set; }

    /// <summary>Looks at a picture, which nobody has changed yet, and gives it its mark. Times only ever grow.</summary>
    public void See(VideoFrame frame, TimeSpan time, FrameTracks tracks, CancellationToken cancel)
    {
        _tracker?.Predict(frame, time);
        var mark = _marks.Add(frame, time);
        if ((mark.Index - 1) % _every == 0 || mark.EpochBegan == time || time - _lookedAt >= _longest)
            Look(frame, mark, cancel);
        tracks.Set(mark, frame, _tracker is null ? [] : _tracker.Tracks, _tracker?.LeavesOut ?? false, waits: _tracker is not null);
    }

    public void Dispose() => _sources.ForEach(source => source.Look.Dispose());

    private void Look(VideoFrame frame, in FrameMark mark, CancellationToken cancel)
    {
        _lookedAt = mark.Time;
        Found = 0;
        for (var i = 0; i < _sources.Count; i++)
        {
            var source = _sources[i];
            var receipt = source.Look.See(frame, mark, cancel);
            State.Take(source.Model, receipt);
            if (!receipt.IsSound)
                continue;
            foreach (ref readonly var item in receipt.Found)
                Found += item.Score >= source.Look.Strong ? 1 : 0;
            _tracker?.Keep(i);
            _tracker?.Update(receipt.Found, source.Look.Strong, mark.Time, i);
        }
    }

    private sealed record Source(string Model, ExhaustiveLook Look);
}
