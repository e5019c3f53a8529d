using LiveFace.Media.Frames;

namespace LiveFace.Vision.Detection;

/// <summary>
/// Looks at a picture in other ways than as it stands, with the model that looks anyway and with others that see what it
/// does not.
/// </summary>
internal sealed class OtherLooks : IDisposable
{
    private static readonly QuarterTurns[] Turns = [QuarterTurns.Clockwise, QuarterTurns.Half, QuarterTurns.CounterClockwise];

    /// <summary>How many times the picture's size it is padded to: for faces that reach out of it, and for ever larger ones.</summary>
    private static readonly double[] Paddings = [1.3, 2, 3];

    private static readonly InputSize Tiny = new(160, 120), Small = new(320, 240), Fine = new(640, 480), Finest = new(960, 720);

    private readonly LookInto _main;
    private readonly LookInto[] _seconds;
    private readonly FramePool _pool;
    private readonly DetectionList _found = new(ExhaustiveLook.RoomForAll);
    private int _look;

    public OtherLooks(LookInto main, IEnumerable<LookInto> seconds, FramePool pool)
    {
        _main = main;
        _seconds = [.. seconds];
        _pool = pool;
        Seen = new Sightings(main.Overlap, _seconds.Length > 0);
    }

    /// <summary>What they saw in the last picture.</summary>
    public Sightings Seen { get; }

    /// <summary>Looks in these views; what the model saw in the picture as it stands may confirm what others see there.</summary>
    public DetectionVerdict Look(VideoFrame frame, LookViews views, ReadOnlySpan<DetectedObject> upright, CancellationToken cancel)
    {
        Seen.Clear();
        _look = 0;
        if (!Add(upright, SightingKind.Upright, model: 0))
            return DetectionVerdict.TooMany;
        var verdict = DetectionVerdict.Seen;
        if (views.HasFlag(LookViews.Turned))
            verdict = Turned(frame, cancel);
        if (verdict == DetectionVerdict.Seen && views.HasFlag(LookViews.Padded))
            verdict = Padded(frame, cancel);
        if (verdict == DetectionVerdict.Seen && views.HasFlag(LookViews.Bright))
            verdict = Bright(frame, cancel);
        return verdict;
    }

    public void Dispose()
    {
        foreach (var second in _seconds)
            second.Dispose();
    }

    private DetectionVerdict Turned(VideoFrame frame, CancellationToken cancel)
    {
        foreach (var turns in Turns)
        {
            using var copy = PictureCopies.Turned(frame, turns, _pool);
            var view = new PictureView(frame.Width, frame.Height, Turns: turns);
            var verdict = Look(copy, view, SightingKind.Turned, [Small, Fine], cancel);
            if (verdict != DetectionVerdict.Seen)
                return verdict;
        }

        return DetectionVerdict.Seen;
    }

    private DetectionVerdict Padded(VideoFrame frame, CancellationToken cancel)
    {
        foreach (var times in Paddings)
        {
            using var copy = PictureCopies.Padded(frame, times, _pool, out var left, out var top);
            var view = new PictureView(frame.Width, frame.Height, Left: left, Top: top);
            // Only the first border is for faces of any size; behind the others they are as large as the picture.
            var verdict = Look(copy, view, SightingKind.Upright, times == Paddings[0] ? [Tiny, Small, Fine] : [Tiny, Small], cancel);
            if (verdict != DetectionVerdict.Seen)
                return verdict;
        }

        using var mirrored = PictureCopies.Mirrored(frame, _pool);
        var upright = Look(frame, new PictureView(frame.Width, frame.Height), SightingKind.Upright, [], cancel);
        return upright != DetectionVerdict.Seen
            ? upright
            : Look(mirrored, new PictureView(frame.Width, frame.Height, Mirrored: true), SightingKind.Upright, [], cancel);
    }

    private DetectionVerdict Bright(VideoFrame frame, CancellationToken cancel)
    {
        using var bright = PictureCopies.Brightened(frame, _pool);
        if (bright is null)
            return DetectionVerdict.Seen;
        using var mirrored = PictureCopies.Mirrored(bright, _pool);
        var verdict = Look(bright, new PictureView(frame.Width, frame.Height), SightingKind.Bright, [Small, Fine, Finest], cancel);
        return verdict != DetectionVerdict.Seen
            ? verdict
            : Look(mirrored, new PictureView(frame.Width, frame.Height, Mirrored: true), SightingKind.Bright, [Small, Fine, Finest], cancel);
    }

    /// <summary>One look for each size with the model, and one with each other model, at its own size.</summary>
    private DetectionVerdict Look(VideoFrame copy, in PictureView view, SightingKind kind, ReadOnlySpan<InputSize> areas, CancellationToken cancel)
    {
        foreach (var area in _main.TakesAnySize ? areas : areas[..Math.Min(1, areas.Length)])
        {
            var verdict = Look(0, _main, copy, view, kind, _main.Fit(area, copy.Width, copy.Height), cancel);
            if (verdict != DetectionVerdict.Seen)
                return verdict;
        }

        for (var i = 0; i < _seconds.Length; i++)
        {
            var verdict = Look(i + 1, _seconds[i], copy, view, kind, _seconds[i].OwnSize, cancel);
            if (verdict != DetectionVerdict.Seen)
                return verdict;
        }

        return DetectionVerdict.Seen;
    }

    private DetectionVerdict Look(
        int number, LookInto model, VideoFrame copy, in PictureView view, SightingKind kind, InputSize size, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        _found.Clear();
        var verdict = model.Look(copy, new PixelRect(0, 0, copy.Width, copy.Height), size, _found);
        if (verdict != DetectionVerdict.Seen)
            return verdict;
        _look++;
        foreach (ref var item in _found.Items)
            item = view.Back(item);
        return Add(_found.Items, kind, number) ? DetectionVerdict.Seen : DetectionVerdict.TooMany;
    }

    private bool Add(ReadOnlySpan<DetectedObject> items, SightingKind kind, int model)
    {
        foreach (ref readonly var item in items)
            // What lies on the border alone is nothing.
            if (item.Box.Area > 0 && !Seen.Add(new Sighting(item, kind, model, _look)))
                return false;
        return true;
    }
}
