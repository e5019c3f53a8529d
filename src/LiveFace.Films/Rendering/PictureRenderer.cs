using LiveFace.Films.Boxes;
using LiveFace.Films.Readings;
using LiveFace.Films.Review;
using LiveFace.Media.Frames;
using LiveFace.Redaction;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Films.Rendering;

/// <summary>
/// Redacts the pictures of a film by its box file: a picture whose complete look is recorded shows what its tracks leave, and
/// any other is covered. The decision is the redactor's; this hands it what is recorded.
/// </summary>
public sealed class PictureRenderer : IDisposable
{
    // The same each time that a film is written: then a look at it finds what was missed, and not what other grain looks like.
    private const uint Grain = 1;

    private readonly PolicySnapshot _policy;
    private readonly BoxFileHead _head;
    private readonly TrackSweep _sweep;
    private readonly IReadOnlyList<TimeRange> _covers;
    private readonly VisionState _state = new();
    private readonly FrameMarks _marks = new();
    private readonly FrameTracks _tracks = new();
    private readonly PicturePrint _print = new();
    private readonly List<(RecordedDetector Detector, ExhaustiveLook Look)> _models = [];
    private readonly List<Track> _known = [];
    private readonly Redactor _redactor;
    private readonly FilmReader _reader;
    private TimeSpan _time = TimeSpan.MinValue;

    /// <summary>Makes it ready for a film.</summary>
    /// <exception cref="FileRedactionException">The policy asks for what the box file does not have.</exception>
    public PictureRenderer(BoxFileHead head, ReviewedTracks reviewed, RedactionPolicy policy, FramePool pool, IFaceReaders? readers = null)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(reviewed);
        _head = head;
        _policy = PolicySnapshot.Create(1, policy with { Strict = true, LookAheadFrames = 0 });
        _covers = reviewed.Covers;
        _sweep = new TrackSweep(reviewed.Hidden);
        RecordedPolicy.Check(_policy, head);
        foreach (var model in head.Models)
        {
            var detector = new RecordedDetector(model, head.Film.Width, head.Film.Height);
            _models.Add((detector, new ExhaustiveLook(detector, pool)));
            _state.Add(model.Name, detector);
        }

        _reader = new FilmReader(readers);
        _redactor = new Redactor(pool, sessionSeed: Grain);
    }

    /// <summary>What became of the last picture.</summary>
    public ShowDecision Decision => _redactor.Decision;

    /// <summary>Whether the last picture was covered because its complete look is not recorded.</summary>
    public bool IsUnlooked => Decision.Cover is not (CoverReason.None or CoverReason.Asked);

    /// <summary>Whether the last picture is another than the one that is recorded, by its print.</summary>
    public bool IsOther { get; private set; }

    /// <summary>The tracks that the last picture was redacted with.</summary>
    public IReadOnlyList<Track> Hidden => _known;

    /// <summary>Redacts a picture in place. Pictures come in their order, each with its own record.</summary>
    public RedactedFrame Redact(VideoFrame frame, BoxPicture picture)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(picture);
        _time = frame.CaptureTime > _time ? frame.CaptureTime : _time + TimeSpan.FromMicroseconds(1);
        // Whoever is there after a cut was not read before it.
        if (picture.Cut && _policy.GoesByAge)
            _marks.BeginEpoch();
        var mark = _marks.Add(frame, _time);
        var own = frame.Width == _head.Film.Width && frame.Height == _head.Film.Height && _print.Of(frame) == picture.Print ? frame : null;
        IsOther = own is null;
        for (var model = 0; model < _models.Count; model++)
        {
            var (detector, look) = _models[model];
            detector.Recall(own, LookOf(picture, model));
            _state.Take(_head.Models[model].Name, look.Glance(frame, mark, int.MaxValue));
            detector.Recall(null, default);
        }

        _known.Clear();
        foreach (var (track, box) in _sweep.At(picture.Index))
            _known.Add(new Track(
                track.Id, track.Model, track.Class, track.Score, box.Box, box.Cover, 0, 0, _time, TimeSpan.Zero, box.Origin != BoxOrigin.Seen));
        _tracks.Set(mark, frame, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_known));
        _reader.See(frame, _tracks, _policy, _state);
        foreach (var cover in _covers)
            if (cover.Contains(picture.At))
                return _redactor.Cover(frame, CoverReason.Asked);
        return _redactor.Redact(frame, _policy, _state, _tracks);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _redactor.Dispose();
        _models.ForEach(model => model.Look.Dispose());
    }

    private static BoxLook LookOf(BoxPicture picture, int model)
    {
        foreach (var look in picture.Looks)
            if (look.Model == model)
                return look;
        return new BoxLook(model, int.MaxValue, false, 0, DetectionVerdict.Failed);
    }
}
