using LiveFace.Media.Frames;

namespace LiveFace.Vision.Detection;

/// <summary>
/// Looks at one picture as thoroughly as models can, where nobody is waiting. One picture at a time.
/// <code>
/// as it stands: several sizes, overlapping windows at full resolution, and all of that mirrored ► what they are worth together
/// other views:  turned, padded, brightened, other models ► what two models confirm to each other in views of a kind is added
/// </code>
/// What is seen several times becomes one, by weight; what the first kind of looks are worth is <see cref="LookSupport"/>.
/// </summary>
public sealed class ExhaustiveLook : IDisposable
{
    /// <summary>Room for what all looks see together, before it is made one: a crowd is seen many times over.</summary>
    public const int RoomForAll = 16_384;

    private const double MostEnlarged = 1.5;
    private const double TileStep = 0.75;
    private const int MaximumWindows = 4096;

    private static readonly InputSize[] WholeAreas = [new(320, 240), new(640, 480), new(960, 720), new(1280, 960)];

    private readonly IDetector _detector;
    private readonly IDetector _quick;
    private readonly LookInto _look;
    private readonly LookInto _glance;
    private readonly OtherLooks _others;
    private readonly LookViews _views;
    private readonly FramePool _pool;
    private readonly LookPlan _plan = new(MaximumWindows);
    private readonly LookReceipt _receipt;
    private DetectionList _seen = new(RoomForAll);

    /// <summary>
    /// Opens lanes of its own on the detectors; copies are made in frames of the pool. <paramref name="seconds"/> see the same
    /// things as the first, by the same labels, and look in the other views alone; <paramref name="quick"/> glances in its place.
    /// </summary>
    public ExhaustiveLook(
        IDetector detector, FramePool pool, LookViews views = LookViews.None, IReadOnlyList<IDetector>? seconds = null, IDetector? quick = null)
    {
        ArgumentNullException.ThrowIfNull(detector);
        _detector = detector;
        _pool = pool;
        _views = views;
        _look = new LookInto(detector);
        _quick = quick ?? detector;
        _glance = quick is null ? _look : new LookInto(quick);
        _others = new OtherLooks(_look, (seconds ?? []).Select(second => new LookInto(second)), pool);
        _receipt = new LookReceipt(detector, new DetectionList(RoomForAll));
        Strong = SupportFrom(detector.Thresholds);
    }

    /// <summary>
    /// The score from which the last look was sure of a thing. Models that give masks do not look at the mirrored picture, and
    /// their scores stay what they are.
    /// </summary>
    public float Strong { get; private set; }

    /// <summary>How many windows the last picture took as it stands, each of them twice.</summary>
    internal int Windows => _plan.Count;

    /// <summary>Looks at a frame of a stream; the receipt stands until the next look.</summary>
    public LookReceipt See(VideoFrame frame, in FrameMark mark, CancellationToken cancel = default)
    {
        _receipt.Begin(mark, frame);
        var verdict = Look(frame, _receipt.List, cancel);
        foreach (ref readonly var planned in _plan.Windows)
            _receipt.Add(planned);
        _receipt.Complete(verdict);
        return _receipt;
    }

    /// <summary>
    /// Replaces the list's content by what is in the picture. With a verdict other than
    /// <see cref="DetectionVerdict.Seen"/> nothing is known about it; so it is when there are more windows than fit the
    /// plan, or more detections than fit the list (<see cref="RoomForAll"/>).
    /// </summary>
    internal DetectionVerdict Look(VideoFrame frame, DetectionList found, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(found);
        found.Clear();
        if (!Plan(frame.Width, frame.Height))
            return DetectionVerdict.Failed;
        var verdict = LookThrough(frame, found, cancel);
        if (verdict != DetectionVerdict.Seen)
            return verdict;

        // A mask would have to be led back; those models see the same either way.
        if (found.Masks.Length > 0)
        {
            Strong = _detector.Thresholds.Score;
            LookMerger.Merge(found, _plan.Windows, _detector.Thresholds.Overlap, frame.Width, frame.Height);
            return found.Dropped > 0 ? DetectionVerdict.TooMany : DetectionVerdict.Seen;
        }

        using var mirrored = PictureCopies.Mirrored(frame, _pool);
        var from = found.Count;
        verdict = LookThrough(mirrored, found, cancel);
        if (verdict != DetectionVerdict.Seen)
            return verdict;
        var view = new PictureView(frame.Width, frame.Height, Mirrored: true);
        foreach (ref var item in found.Items[from..])
            item = view.Back(item);
        LookMerger.DropParts(found, _plan.Windows, frame.Width, frame.Height);
        verdict = _others.Look(frame, _views, found.Items, cancel);
        if (verdict != DetectionVerdict.Seen)
            return verdict;
        if (_seen.Capacity < found.Capacity)
            _seen = new DetectionList(found.Capacity);
        _seen.CopyFrom(found);
        Suppression.MergeWeighted(found, _detector.Thresholds.Overlap);
        Strong = SupportFrom(_detector.Thresholds);
        var pixels = (float)frame.Width * frame.Height;
        LookSupport.Apply(found, _seen.Items, new LookReach(_plan.Windows, _detector.Thresholds, pixels), 2, _detector.Thresholds, pixels);
        _others.Seen.AddConfirmed(found, pixels);
        return found.Dropped > 0 ? DetectionVerdict.TooMany : DetectionVerdict.Seen;
    }

    /// <summary>
    /// Looks at a frame of a film in one pass over all of it, as finely as that face asks, or thoroughly where no pass is as
    /// fine.
    /// </summary>
    public LookReceipt Glance(VideoFrame frame, in FrameMark mark, int smallestFace, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
        foreach (var area in WholeAreas.AsSpan(1))
        {
            var whole = new PlannedWindow(
                new PixelRect(0, 0, frame.Width, frame.Height), _glance.Fit(area, frame.Width, frame.Height), true);
            if (whole.SmallestFace(_quick.SmallestFace) > smallestFace)
                continue;
            _receipt.Begin(mark, frame);
            _receipt.List.Clear();
            _plan.Clear();
            _plan.Add(whole);
            cancel.ThrowIfCancellationRequested();
            var verdict = _glance.Look(frame, whole.Window, whole.Size, _receipt.List);
            if (verdict == DetectionVerdict.Seen)
                LookMerger.Merge(_receipt.List, _plan.Windows, _quick.Thresholds.Overlap, frame.Width, frame.Height);
            Strong = _quick.Thresholds.Score;
            _receipt.Add(whole, _quick.SmallestFace);
            _receipt.Complete(verdict == DetectionVerdict.Seen && _receipt.List.Dropped > 0 ? DetectionVerdict.TooMany : verdict);
            return _receipt;
        }

        return See(frame, mark, cancel);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _look.Dispose();
        if (_glance != _look)
            _glance.Dispose();
        _others.Dispose();
    }

    // What is barely hidden where it is small begins no track.
    private static float SupportFrom(in DetectionThresholds thresholds) => MathF.Min(thresholds.Score, 2 * thresholds.Offline.Small);

    /// <summary>False when not all of the picture could be planned for.</summary>
    private bool Plan(int width, int height)
    {
        _plan.Clear();
        var frame = new PixelRect(0, 0, width, height);
        if (!_look.TakesAnySize)
            _plan.Add(new PlannedWindow(frame, _look.OwnSize, true));
        else
            foreach (var area in WholeAreas)
                if (area == WholeAreas[0] || area.Area <= MostEnlarged * MostEnlarged * width * height)
                    _plan.Add(new PlannedWindow(frame, _look.Fit(area, width, height), true));
        return PlanTiles(_look.TakesAnySize ? WholeAreas[1] : _look.OwnSize, width, height);
    }

    private bool PlanTiles(InputSize size, int width, int height)
    {
        if (width <= size.Width && height <= size.Height)
            return true;
        var across = Steps(width, size.Width);
        var down = Steps(height, size.Height);
        for (var y = 0; y < down; y++)
            for (var x = 0; x < across; x++)
                if (!_plan.Add(new PlannedWindow(new PixelRect(
                    Place(x, across, width, size.Width), Place(y, down, height, size.Height),
                    Math.Min(width, size.Width), Math.Min(height, size.Height)), size, false)))
                    return false;
        return true;
    }

    private static int Steps(int side, int window) =>
        side <= window ? 1 : 1 + (int)Math.Ceiling((side - window) / (window * TileStep));

    private static int Place(int index, int count, int side, int window) =>
        count == 1 ? 0 : (int)((long)index * (side - window) / (count - 1));

    private DetectionVerdict LookThrough(VideoFrame frame, DetectionList found, CancellationToken cancel)
    {
        foreach (ref readonly var planned in _plan.Windows)
        {
            cancel.ThrowIfCancellationRequested();
            var verdict = _look.Look(frame, planned.Window, planned.Size, found);
            if (verdict != DetectionVerdict.Seen)
                return verdict;
        }

        return DetectionVerdict.Seen;
    }
}
