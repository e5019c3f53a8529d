using LiveFace.Media.Frames;

namespace LiveFace.Vision.Detection;

/// <summary>
/// Looks at one picture as thoroughly as a model can, where nobody is waiting: at several sizes, in overlapping windows
/// at full resolution, and all of that mirrored too. What is seen several times becomes one, by weight, and its score is
/// what all these looks are worth together (<see cref="LookSupport"/>). One picture at a time.
/// </summary>
public sealed class ExhaustiveLook : IDisposable
{
    private const double MostEnlarged = 1.5;
    private const double TileStep = 0.75;
    /// <summary>Room for what all looks see together, before it is made one: a crowd is seen many times over.</summary>
    public const int RoomForAll = 16_384;

    private const int MaximumWindows = 4096;

    private static readonly InputSize[] WholeAreas = [new(320, 240), new(640, 480), new(960, 720), new(1280, 960)];

    private readonly IDetector _detector;
    private readonly IDetectorLane _lane;
    private readonly FramePool _pool;
    private readonly LookPlan _plan = new(MaximumWindows);
    private readonly LookReceipt _receipt;
    private DetectionList _seen = new(RoomForAll);

    /// <summary>Opens a lane of its own on the detector; mirrored copies are made in frames of the pool.</summary>
    public ExhaustiveLook(IDetector detector, FramePool pool)
    {
        ArgumentNullException.ThrowIfNull(detector);
        _detector = detector;
        _pool = pool;
        _lane = detector.OpenLane(1);
        _receipt = new LookReceipt(detector, new DetectionList(RoomForAll));
        Strong = SupportFrom(detector.Thresholds);
    }

    /// <summary>
    /// The score from which the last look was sure of a thing. Models that give masks do not look at the mirrored picture, and
    /// their scores stay what they are.
    /// </summary>
    public float Strong { get; private set; }

    /// <summary>How many windows the last picture took, each of them twice.</summary>
    public int Windows => _plan.Count;

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
    public DetectionVerdict Look(VideoFrame frame, DetectionList found, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(found);
        found.Clear();
        if (!Plan(frame.Width, frame.Height))
            return DetectionVerdict.Failed;
        var verdict = LookThrough(frame, found, cancel);
        if (verdict != DetectionVerdict.Seen)
            return verdict;

        // A mask would have to be mirrored back; those models see the same either way.
        if (found.Masks.Length == 0)
        {
            using var mirrored = Mirror(frame);
            var from = found.Count;
            verdict = LookThrough(mirrored, found, cancel);
            if (verdict != DetectionVerdict.Seen)
                return verdict;
            MirrorBack(found.Items[from..], frame.Width);
            LookMerger.DropParts(found, _plan.Windows, frame.Width, frame.Height);
            if (_seen.Capacity < found.Capacity)
                _seen = new DetectionList(found.Capacity);
            _seen.CopyFrom(found);
            Suppression.MergeWeighted(found, _detector.Thresholds.Overlap);
            Strong = SupportFrom(_detector.Thresholds);
            var pixels = (float)frame.Width * frame.Height;
            LookSupport.Apply(found, _seen.Items, new LookReach(_plan.Windows, _detector.Thresholds, pixels), 2, _detector.Thresholds, pixels);
            return DetectionVerdict.Seen;
        }

        Strong = _detector.Thresholds.Score;
        LookMerger.Merge(found, _plan.Windows, _detector.Thresholds.Overlap, frame.Width, frame.Height);
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
            var size = _detector.InputStep == 0 ? _detector.InputSize : Fit(area, frame.Width, frame.Height) ?? default;
            var whole = new PlannedWindow(new PixelRect(0, 0, frame.Width, frame.Height), size, true);
            if (size == default || whole.SmallestFace(_detector.SmallestFace) > smallestFace)
                continue;
            _receipt.Begin(mark, frame);
            _receipt.List.Clear();
            _plan.Clear();
            _plan.Add(whole);
            var verdict = LookThrough(frame, _receipt.List, cancel);
            if (verdict == DetectionVerdict.Seen)
                LookMerger.Merge(_receipt.List, _plan.Windows, _detector.Thresholds.Overlap, frame.Width, frame.Height);
            Strong = _detector.Thresholds.Score;
            _receipt.Add(whole);
            _receipt.Complete(verdict == DetectionVerdict.Seen && _receipt.List.Dropped > 0 ? DetectionVerdict.TooMany : verdict);
            return _receipt;
        }

        return See(frame, mark, cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => _lane.Dispose();

    // What is barely hidden where it is small begins no track.
    private static float SupportFrom(in DetectionThresholds thresholds) => MathF.Min(thresholds.Score, 2 * thresholds.Offline.Small);

    /// <summary>False when not all of the picture could be planned for.</summary>
    private bool Plan(int width, int height)
    {
        _plan.Clear();
        var frame = new PixelRect(0, 0, width, height);
        if (_detector.InputStep == 0)
            _plan.Add(new PlannedWindow(frame, _detector.InputSize, true));
        else
            foreach (var area in WholeAreas)
                if (Fit(area, width, height) is { } size)
                    _plan.Add(new PlannedWindow(frame, size, true));
        return PlanTiles(_detector.InputStep == 0 ? _detector.InputSize : new InputSize(640, 480), width, height);
    }

    private InputSize? Fit(InputSize area, int width, int height)
    {
        var scale = Math.Sqrt(area.Area / ((double)width * height));
        if (scale > MostEnlarged && area != WholeAreas[0])
            return null;
        var step = _detector.InputStep;
        return new InputSize(
            Math.Max(1, (int)Math.Round(width * scale / step)) * step, Math.Max(1, (int)Math.Round(height * scale / step)) * step);
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
            _lane.Reset();
            var verdict = LookInto(frame, planned, found);
            if (verdict != DetectionVerdict.Seen)
                return verdict;
        }

        foreach (ref readonly var item in found.Items)
            if (!float.IsFinite(item.Box.Left + item.Box.Top + item.Box.Right + item.Box.Bottom + item.Score))
                return DetectionVerdict.NotFinite;

        // What did not fit is not known, and what took another's place no longer stands where it was put.
        return found.Dropped > 0 ? DetectionVerdict.TooMany : DetectionVerdict.Seen;
    }

    private DetectionVerdict LookInto(VideoFrame frame, in PlannedWindow planned, DetectionList found)
    {
        try
        {
            return _lane.Sample(frame, planned.Window, planned.Size) ? _lane.Infer(found) : DetectionVerdict.Failed;
        }
#pragma warning disable CA1031 // A detector may throw anything; the verdict says that nothing is known.
        catch (Exception)
#pragma warning restore CA1031
        {
            return DetectionVerdict.Failed;
        }
    }

    private VideoFrame Mirror(VideoFrame frame)
    {
        var mirrored = _pool.Rent(frame.Width, frame.Height);
        for (var row = 0; row < frame.Height; row++)
            Reverse(frame.RowY(row), mirrored.RowY(row));
        for (var row = 0; row < frame.ChromaHeight; row++)
        {
            Reverse(frame.RowU(row), mirrored.RowU(row));
            Reverse(frame.RowV(row), mirrored.RowV(row));
        }

        return mirrored;
    }

    private static void Reverse(ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        to.Reverse();
    }

    private static void MirrorBack(Span<DetectedObject> items, float width)
    {
        foreach (ref var item in items)
        {
            var box = item.Box;
            // Mirrored, the right eye is the left one.
            FaceLandmarks? points = item.Landmarks is not { } l ? null : new FaceLandmarks(
                width - l.LeftEyeX, l.LeftEyeY, width - l.RightEyeX, l.RightEyeY, width - l.NoseX, l.NoseY,
                width - l.LeftMouthX, l.LeftMouthY, width - l.RightMouthX, l.RightMouthY);
            item = item with { Box = new BoxF(width - box.Right, box.Top, width - box.Left, box.Bottom), Landmarks = points };
        }
    }
}
