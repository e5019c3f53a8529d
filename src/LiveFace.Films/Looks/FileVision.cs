using System.Runtime.InteropServices;
using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Films.Looks;

/// <summary>
/// What is known about the pictures of a file. Nobody is waiting, so each picture is looked at, and the next one waits for
/// it; tracks follow what was found through a film. The fail-closed rules are told of everything, as in a live room.
/// </summary>
public sealed class FileVision : IDisposable
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

    /// <summary>For a film: looks thoroughly at every n-th picture, and never more rarely than a time, and at the others in one pass.</summary>
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
        foreach (var (name, detector, views, seconds, quick) in models)
        {
            State.Add(name, detector);
            _sources.Add(new Source(name, new ExhaustiveLook(detector, pool, views, seconds, quick)));
        }
    }

    /// <summary>What the redactor asks.</summary>
    public VisionState State { get; } = new();

    /// <summary>The smallest face that has to be seen in each picture of a film, in pixels.</summary>
    public int SmallestFace { get; init; } = int.MaxValue;

    /// <summary>Whether each model looks at each picture in one pass and no more.</summary>
    public bool IsQuick { get; init; }

    /// <summary>How many things the last look was sure of.</summary>
    public int Found { get; private set; }

    /// <summary>Looks at a picture, which nobody has changed yet, and gives it its mark. Times only ever grow.</summary>
    public void See(VideoFrame frame, TimeSpan time, FrameTracks tracks, CancellationToken cancel)
    {
        _tracker?.Predict(frame, time);
        var mark = _marks.Add(frame, time);
        var thorough = !IsQuick && ((mark.Index - 1) % _every == 0 || mark.EpochBegan == time || time - _lookedAt >= _longest);
        _lookedAt = thorough ? time : _lookedAt;
        Look(frame, mark, thorough, cancel);
        tracks.Set(mark, frame, _tracker is null ? [] : _tracker.Tracks, _tracker?.LeavesOut ?? false, waits: _tracker is not null);
    }

    /// <inheritdoc/>
    public void Dispose() => _sources.ForEach(source => source.Look.Dispose());

    private void Look(VideoFrame frame, in FrameMark mark, bool thorough, CancellationToken cancel)
    {
        Found = 0;
        for (var i = 0; i < _sources.Count; i++)
        {
            var source = _sources[i];
            var receipt = thorough ? source.Look.See(frame, mark, cancel) : source.Look.Glance(frame, mark, SmallestFace, cancel);
            State.Take(source.Model, receipt, thorough ? [] : source.Held);
            if (!receipt.IsSound)
                continue;
            foreach (ref readonly var item in receipt.Found)
                Found += item.Score >= source.Look.Strong ? 1 : 0;
            _tracker?.Keep(i);
            _tracker?.Update(receipt.Found, source.Look.Strong, mark.Time, i);
            if (thorough)
                source.Hold(receipt);
        }
    }

    private sealed record Source(string Model, ExhaustiveLook Look)
    {
        private readonly List<DetectedObject> _held = [];

        /// <summary>
        /// What the last thorough look found too weak to be followed. It stands where it was until the next one: one pass may
        /// not see it.
        /// </summary>
        public ReadOnlySpan<DetectedObject> Held => CollectionsMarshal.AsSpan(_held);

        public void Hold(LookReceipt receipt)
        {
            _held.Clear();
            foreach (ref readonly var item in receipt.Found)
                if (item.Score < Look.Strong && item.Mask < 0)
                    _held.Add(item);
        }
    }
}
