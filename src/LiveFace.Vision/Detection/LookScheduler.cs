using LiveFace.Media.Frames;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Detection;

/// <summary>
/// Spends a time budget on one frame: the whole picture always, as finely as the budget allows; then windows, enlarged
/// where that helps, over the tracks that the whole picture shows too small; then, with what is left, a scan that goes
/// round the picture from frame to frame. What a pixel of input costs is learnt from the looks themselves, so the plan
/// shrinks under load and grows again.
/// <para>
/// At a pace by need that is kept for frames with something to find out. Where the picture is calm, the whole is looked at
/// in small or tiny, with windows over the tracks that are too small in it and over what has changed.
/// </para>
/// </summary>
internal sealed class LookScheduler
{
    // Below this height in the model's input a face is easily missed.
    private const float SureHeight = 26f;
    private const float TinyHeight = 12f;
    private const float ScanZoom = 2f;

    // A whole look at the finest size may take this part of the budget; the rest is for windows.
    private const double WholePart = 0.75;
    private const double Learning = 0.15;

    // Faces that fill the picture are seen in a small version of it only, and do not come and go between two frames.
    private const int LooksPerSmallWhole = 4;
    private const float LargeHeight = 160f;

    // Half a second of a new scene is looked at with all that the budget allows. Of so many calm looks one is as fine as
    // it allows, and one small; the rest are tiny, and what is not large in them is held by windows.
    private const int WarmUp = 15;
    private const int LooksPerFine = 12;
    private const int CalmLooksPerSmall = 4;

    private const float LittleDoubt = 0.7f;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(75);

    private readonly LookInputs _inputs;
    private readonly int _smallestFace;
    private LookPromise _promise = LookPromise.None;
    private TimeSpan? _keptAt;
    private TimeSpan _plannedAt;
    private bool _isDue;
    private double _secondsPerPixel;
    private int _looks;
    private readonly TurnedLooks? _turned;
    private readonly LookScan _wideScan;
    private readonly LookScan _closeScan;
    private int _turn;
    private int _calmFrom;
    private InputSize _finest;

    /// <summary>Makes a scheduler for one stream and one detector, which finds faces from so many pixels of its input on.</summary>
    public LookScheduler(InputSize own, int step, int smallestFace = 0, bool turns = false)
    {
        _inputs = new LookInputs(own, step);
        _smallestFace = smallestFace;
        _turned = turns ? new TurnedLooks(_inputs) : null;
        (_wideScan, _closeScan) = (new LookScan(_inputs.Wide), new LookScan(_inputs.Close));
    }

    /// <summary>
    /// What the next plan has to keep, whatever the budget. A whole look as fine as is promised is due where the last one
    /// would be too old by the look after this.
    /// </summary>
    internal void Promise(in LookPromise promise, TimeSpan now)
    {
        var pause = now - _plannedAt;
        _isDue = promise != _promise || _keptAt is not { } kept || now - kept + pause >= promise.MaximumAge;
        (_promise, _plannedAt) = (promise, now);
    }

    /// <summary>What an input of this size is believed to cost; zero as long as nothing is known.</summary>
    public TimeSpan CostOf(InputSize size) => TimeSpan.FromSeconds(_secondsPerPixel * size.Area);

    /// <summary>Confirms what several looks saw, and remembers what one did.</summary>
    internal void Weigh(DetectionList found, in LookReach reach, in DetectionThresholds thresholds) =>
        _turned?.Suspects.Take(found, reach, thresholds);

    /// <summary>Learns from a look that is over.</summary>
    public void Learn(long pixels, TimeSpan took)
    {
        if (pixels <= 0 || took <= TimeSpan.Zero)
            return;
        var cost = took.TotalSeconds / pixels;
        _secondsPerPixel = _secondsPerPixel == 0 ? cost : _secondsPerPixel + Learning * (cost - _secondsPerPixel);
    }

    /// <summary>Every input that a plan for a frame of this size may ask for, as often as one plan may ask for it.</summary>
    internal InputSize[] InputsFor(int width, int height, int windows) =>
        _turned is null ? _inputs.For(width, height, windows) : [.. _inputs.For(width, height, windows), _inputs.Small(width, height), _inputs.Small(height, width)];

    /// <summary>The inputs that turned windows are brought to.</summary>
    internal InputSize[] TurnedInputsFor(int width, int height) => _turned is null ? [] : _inputs.ForTurned(width, height);

    /// <summary>Whether it shows as much as the budget allows.</summary>
    internal bool IsFinest(in PlannedWindow planned) => planned.Size == _finest;

    /// <summary>Nothing is known about what was seen lately: the next looks spend all of the budget.</summary>
    internal void Alarm()
    {
        _turned?.Suspects.Clear();
        _calmFrom = _looks + WarmUp;
        _keptAt = null;
    }

    /// <summary>Writes the plan for a frame of this size, and spends no more than the frame gives reason for.</summary>
    internal void PlanByNeed(
        LookPlan plan, int width, int height, ReadOnlySpan<Track> tracks, int source, TimeSpan budget, ChangeMap changes)
    {
        var best = FinestWhole(width, height, budget.TotalSeconds);
        var small = _inputs.Small(width, height);
        _finest = best.Area > small.Area ? best : default;
        if (_secondsPerPixel == 0 || _looks < _calmFrom)
        {
            Plan(plan, width, height, tracks, source, budget);
            return;
        }

        // Where windows cost what one fine look at everything does, that look shows more; no coarser one does.
        _looks++;
        var most = budget.TotalSeconds;
        var all = Promised(width, height, best);
        var left = all.IsFine ? Math.Min(most, _secondsPerPixel * all.Size.Area) : most;
        var isTurn = _looks % LooksPerFine == 0;
        var first = _isDue || _looks % CalmLooksPerSmall == 0
            ? Promised(width, height, small)
            : PlannedWindow.Whole(width, height, _inputs.AtLeast(_inputs.Tiny(width, height), width, height, ScaleFor(_promise.AtOnce)));
        if (isTurn || (!PlanNeeds(plan, first, tracks, source, changes, ref left) && all.IsFine))
        {
            left = most;
            _ = PlanNeeds(plan, all, tracks, source, changes, ref left);
        }

        PlanScan(plan, _closeScan, width, height, ScanZoom, ref left, changes, most: 1);
        _turned?.Plan(plan, width, height, tracks, source, isNew: false, _secondsPerPixel, ref left);
        NoteKept(plan.Windows[0]);
    }

    /// <summary>Writes the plan for a frame of this size.</summary>
    public void Plan(LookPlan plan, int width, int height, ReadOnlySpan<Track> tracks, int source, TimeSpan budget)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Clear();
        _looks++;
        var left = budget.TotalSeconds;
        var whole = Promised(width, height, FinestWhole(width, height, left));
        plan.Add(whole);
        NoteKept(whole);
        left -= _secondsPerPixel * whole.Size.Area;
        if (_secondsPerPixel == 0)
            return;

        PlanSmall(plan, whole, tracks, source, ref left);
        _ = PlanTracks(plan, whole, tracks, source, ref left);
        _turned?.Plan(plan, width, height, tracks, source, isNew: true, _secondsPerPixel, ref left);
        var zoom = whole.Scale > PlannedWindow.FineScale ? 1 : ScanZoom;
        PlanScan(plan, _wideScan, width, height, zoom, ref left);
        PlanScan(plan, _closeScan, width, height, zoom, ref left);
    }

    /// <summary>The whole picture in an input that shows the smallest face of the promise, however small the given one is.</summary>
    private PlannedWindow Promised(int width, int height, InputSize given) =>
        PlannedWindow.Whole(width, height, _inputs.AtLeast(given, width, height, ScaleFor(_promise.SmallestFace)));

    private double ScaleFor(int face) => _smallestFace == 0 ? double.MaxValue : (double)face / _smallestFace;

    private void NoteKept(in PlannedWindow whole)
    {
        if (whole.SmallestFace(_smallestFace) <= _promise.SmallestFace)
            _keptAt = _plannedAt;
    }

    private InputSize FinestWhole(int width, int height, double budget) =>
        _inputs.Finest(width, height, _secondsPerPixel > 0 ? WholePart * budget / _secondsPerPixel : 0);

    /// <summary>A track that was seen just now, and whose place is well known, is followed in the picture for a frame or two.</summary>
    private bool CanWait(in Track track, in PlannedWindow whole)
    {
        // What is tiny even in a small look is held by close ones alone.
        var small = whole with { Size = _inputs.Small(whole.Window.Width, whole.Window.Height) };
        if (track.Box.Height / MathF.Min(whole.Scale, small.Scale) < TinyHeight)
            return false;
        var doubt = MathF.Max(track.Cover.Width - track.Box.Width, track.Cover.Height - track.Box.Height);
        return track.Unseen < LongestWait && doubt < LittleDoubt * track.Box.Height;
    }

    /// <summary>A whole look, and what it does not show. False when the budget does not reach for all of that.</summary>
    private bool PlanNeeds(
        LookPlan plan, PlannedWindow whole, ReadOnlySpan<Track> tracks, int source, ChangeMap changes, ref double left)
    {
        plan.Clear();
        plan.Add(whole);
        left -= _secondsPerPixel * whole.Size.Area;
        PlanSmall(plan, whole, tracks, source, ref left);

        // Where the budget does not reach for both, each comes first in turn.
        if (_looks % 2 == 0)
            return PlanTracks(plan, whole, tracks, source, ref left, spares: true) & PlanChanges(plan, whole, changes, ref left);
        return PlanChanges(plan, whole, changes, ref left) & PlanTracks(plan, whole, tracks, source, ref left, spares: true);
    }

    private void PlanSmall(LookPlan plan, in PlannedWindow whole, ReadOnlySpan<Track> tracks, int source, ref double left)
    {
        var (width, height) = (whole.Window.Width, whole.Window.Height);
        var size = _looks % LooksPerSmallWhole == 0 ? _inputs.Small(width, height)
            : _turned is { Suspects.AnyLarge: true } || AnyLarge(tracks, source, whole.Scale) ? _inputs.Tiny(width, height) : whole.Size;
        if (whole.Size.Area > size.Area * 2 && Afford(size, ref left))
            plan.Add(whole with { Size = size });
    }

    private bool PlanChanges(LookPlan plan, in PlannedWindow whole, ChangeMap changes, ref double left)
    {
        foreach (ref readonly var planned in plan.Windows)
            if (planned.IsFine || (planned.IsUpright && IsFinest(planned)))
                changes.Settle(planned.Window);
        var (width, height) = (whole.Window.Width, whole.Window.Height);
        var (close, wide) = (LookInputs.Side(_inputs.Close, 1, width, height), LookInputs.Side(_inputs.Wide, 1, width, height));
        while (changes.Next(close, wide, width, height) is { } window)
        {
            var input = window.Width == close.Width ? _inputs.Close : _inputs.Wide;
            if (plan.IsFull || !Afford(input, ref left))
                return false;
            plan.Add(new PlannedWindow(window, input, false));
        }

        return true;
    }

    /// <summary>Whether a whole look shows it well enough: it is large enough there, and the last one did show it.</summary>
    private static bool IsSeenWhole(in Track track, float scale)
    {
        var height = track.Box.Height / scale;
        return height > (track.Coasting ? LargeHeight : SureHeight);
    }

    private static bool AnyLarge(ReadOnlySpan<Track> tracks, int source, float scale)
    {
        foreach (ref readonly var track in tracks)
            if (track.Source == source && track.Box.Height / scale > LargeHeight)
                return true;
        return false;
    }

    /// <summary>False when not all that are too small could be afforded.</summary>
    private bool PlanTracks(
        LookPlan plan, in PlannedWindow whole, ReadOnlySpan<Track> tracks, int source, ref double left, bool spares = false)
    {
        var (width, height, scale) = (whole.Window.Width, whole.Window.Height, whole.Scale);
        // Each look begins with another track, so that all get their turn when not all can be afforded.
        for (var i = 0; i < tracks.Length; i++)
        {
            ref readonly var track = ref tracks[(i + _turn) % tracks.Length];
            if (track.Source != source || track.Turns != QuarterTurns.None || IsSeenWhole(track, scale) || (spares && CanWait(track, whole)) || plan.ShowsClosely(track.Box))
                continue;
            // Where there is enough for the others too, more is shown of what is around.
            var isPlenty = !spares && left >= _secondsPerPixel * (_inputs.Wide.Area + (tracks.Length - i) * (double)_inputs.Close.Area);
            var planned = TrackWindow.Around(track, isPlenty ? _inputs.Wide : _inputs.Close, _inputs.Wide, width, height);
            if (plan.IsFull || !Afford(planned.Size, ref left))
            {
                _turn = (i + _turn) % tracks.Length;
                return false;
            }

            plan.Add(planned);
        }

        _turn = 0;
        return true;
    }

    private void PlanScan(
        LookPlan plan, LookScan scan, int width, int height, float zoom, ref double left, ChangeMap? changes = null, int most = int.MaxValue)
    {
        scan.Begin(width, height, zoom);
        for (var i = 0; i < scan.Tiles && most > 0 && !plan.IsFull; i++)
        {
            var window = scan.Next;
            var isSettled = changes is not null && changes.IsSettled(window);
            if (!isSettled && !Afford(scan.Input, ref left))
                return;
            scan.Advance();
            if (isSettled)
                continue;
            plan.Add(new PlannedWindow(window, scan.Input, false));
            most--;
        }
    }

    private bool Afford(InputSize size, ref double left)
    {
        var cost = _secondsPerPixel * size.Area;
        if (cost > left)
            return false;
        left -= cost;
        return true;
    }
}
