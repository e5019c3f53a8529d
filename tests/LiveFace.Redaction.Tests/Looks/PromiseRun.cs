using LiveFace.Media.Frames;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Redaction.Tests.Looks;

/// <summary>One random stream: what is sent, looked at and shown, and the check of each picture that goes out.</summary>
internal sealed class PromiseRun : IDisposable
{
    private static readonly string[] Models = ["faces", "objects"];

    private readonly Random _random;
    private readonly int _lookAhead;
    private readonly FramePool _pool = new();
    private readonly WorkClock _clock = new();
    private readonly ScriptedSight _sight;
    private readonly Redactor _redactor;
    private readonly PolicyBoard _board = new(PolicyPresets.BlurFaces);
    private readonly List<PromiseFrame> _frames = [];
    private readonly List<PromiseLook> _looks = [];
    private readonly Queue<PromiseFrame> _waiting = new();
    private readonly Dictionary<string, (PromiseLook Look, int AnswersAt)> _pending = new(StringComparer.Ordinal);
    private TimeSpan _now = TimeSpan.FromSeconds(10);
    private (int Width, int Height, int Scene, int Run) _epoch = (320, 240, 0, 0);
    private int _load;
    private bool _fails;

    public PromiseRun(int seed, int lookAhead)
    {
        _random = new Random(seed);
        _lookAhead = lookAhead;
        _sight = new ScriptedSight(_clock);
        _redactor = new Redactor(_pool);
        foreach (var model in Models)
        {
            var detector = _sight.Add(model, "thing");
            detector.Sampled = (window, size) => _pending[model].Look.Windows.Add((window, size));
            detector.Worked = pixels => _clock.Work(TimeSpan.FromTicks(pixels / 4));
        }

        _board.Begin(RandomPolicy());
    }

    public PromiseTotals Total { get; } = new();

    public void Dispose()
    {
        _redactor.Dispose();
        foreach (var frame in _waiting)
            frame.Picture.Dispose();
        _sight.Dispose();
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
    }

    public void Step()
    {
        Disturb();
        _now += TimeSpan.FromMilliseconds(_random.Next(15, 50));
        Answer();
        var frame = Send();
        var policy = _board.Current;
        if (_random.Next(4) >= _load)
            Look(frame, policy);
        Answer();
        frame.Tracks.Set(_sight.Pipeline, frame.Picture, waits: false);
        frame.Policy = policy;
        _waiting.Enqueue(frame);
        while (_waiting.Count > policy.Policy.LookAheadFrames)
            Show(policy);
    }

    private void Disturb()
    {
        switch (_random.Next(40))
        {
            case 0: (_epoch.Width, _epoch.Height) = _random.Next(2) == 0 ? (320, 240) : (256, 192); break;
            case 1: _epoch.Scene++; break;
            case 2: ChangePublisher(); break;
            case 3 or 4: _board.TryReplace(RandomPolicy(), out _).ShouldBeTrue(); break;
            case 5 or 6: _load = _random.Next(4); break;
            case 7: _fails = !_fails; break;
            case 8: _now += TimeSpan.FromMilliseconds(_random.Next(2000)); break;
        }
    }

    private void ChangePublisher()
    {
        if (_random.Next(2) == 0)
            _board.TryEnd(_board.Current.Publication);
        _board.Begin(_random.Next(2) == 0 ? RandomPolicy() : null);
        _sight.Pipeline.BeginEpoch();
        _epoch.Run++;
        while (_waiting.TryDequeue(out var gone))
            gone.Picture.Dispose();
    }

    private PromiseFrame Send()
    {
        if (_frames.Count > 0 && _now - _frames[^1].Time > FrameMarks.Silence)
            _epoch.Run++;
        var frame = new PromiseFrame(_frames.Count, _now, _epoch, PromisePicture.Draw(_pool, _epoch, _frames.Count));
        _sight.Follow(frame.Picture, _now);
        _frames.Add(frame);
        return frame;
    }

    private void Look(PromiseFrame frame, PolicySnapshot policy)
    {
        foreach (var model in Models)
        {
            if (_pending.ContainsKey(model))
                continue;
            var delay = _random.Next(3) == 0 ? _random.Next(1, 5) : 0;
            _pending[model] = (new PromiseLook(model, frame), frame.Index + delay);
        }

        var pace = policy.LooksAtAll ? LookPace.Full : LookPace.ByNeed;
        _sight.Sample(
            frame.Picture, policy.PromiseFor(frame.Picture.Width, frame.Picture.Height), pace, ScriptedSight.Budget / (1 + _load));
    }

    private void Answer()
    {
        foreach (var model in Models)
        {
            if (!_pending.TryGetValue(model, out var pending) || pending.AnswersAt > _frames.Count - 1)
                continue;
            var detector = _sight[model];
            detector.Throws = _fails && _random.Next(2) == 0;
            detector.Verdict = _fails && _random.Next(2) == 0 ? DetectionVerdict.NotFinite : DetectionVerdict.Seen;
            detector.Found = _random.Next(3) == 0 ? [new DetectedObject(new BoxF(60, 60, 110, 120), 0, 0.9f)] : [];
            _sight.Answer(model).ShouldBeTrue();
            if (!detector.Throws && detector.Verdict == DetectionVerdict.Seen)
                _looks.Add(pending.Look);
            _pending.Remove(model);
        }
    }

    private void Show(PolicySnapshot policy)
    {
        var frame = _waiting.Dequeue();
        var later = _waiting.Select(one => one.Tracks).ToArray();
        using var picture = frame.Picture;
        _redactor.Redact(picture, policy, _sight.State, frame.Tracks, later, frame.Policy);
        _redactor.Failures.ShouldBe(0);
        frame.ReleasedUnder = policy;
        if (_redactor.Decision.IsCovered)
        {
            Total.Covered++;
            return;
        }

        Total.Shown++;
        Total.PartlyHidden += _redactor.Unseen > 0 ? 1 : 0;
        foreach (var (column, row) in frame.Cells())
            Check(frame, column, row);
    }

    /// <summary>A cell that shows this frame was looked at; one that shows an earlier frame was shown then.</summary>
    private void Check(PromiseFrame frame, int column, int row)
    {
        if (frame.Shows(frame, column, row))
        {
            Total.ShownCells++;
            frame.Shown.Add((column, row));
            foreach (var policy in new[] { frame.Policy!, frame.ReleasedUnder! })
                foreach (var model in policy.NeededModels)
                    IsVouchedFor(frame, column, row, policy, model).ShouldBeTrue(
                        $"cell {column},{row} of frame {frame.Index} was shown without a look of {model} under {policy.Policy}");
            return;
        }

        for (var i = frame.Index - 1; i >= Math.Max(0, frame.Index - 100); i--)
        {
            var before = _frames[i];
            if (before.Epoch != frame.Epoch || !frame.Shows(before, column, row))
                continue;
            Total.HeldCells++;
            before.Shown.ShouldContain((column, row), $"frame {frame.Index} shows what frame {i} did not");
            before.ReleasedUnder.ShouldBeSameAs(frame.ReleasedUnder);
            frame.Shown.Add((column, row));
            return;
        }
    }

    private bool IsVouchedFor(PromiseFrame frame, int column, int row, PolicySnapshot policy, string model)
    {
        var promise = policy.PromiseFor(frame.Width, frame.Height);
        var (fine, same) = (false, false);
        foreach (var look in _looks)
        {
            if (look.Model != model || look.Frame.Epoch != frame.Epoch || (look.Frame.Time - frame.Time).Duration() > promise.MaximumAge ||
                (policy.Policy.Strict && look.Frame != frame))
                continue;
            foreach (var (window, size) in look.Windows)
            {
                if (!Contains(window, frame, column, row))
                    continue;
                var smallest = (int)Math.Ceiling(16 * Math.Max((double)window.Width / size.Width, (double)window.Height / size.Height));
                fine |= smallest <= promise.SmallestFace;
                same |= smallest <= 2 * promise.SmallestFace &&
                    Math.Abs(look.Frame.Mean(column, row) - frame.Mean(column, row)) <= CellPicture.LeastDifference + 2;
            }
        }

        return fine && same;
    }

    private static bool Contains(PixelRect window, PromiseFrame frame, int column, int row) =>
        window.X <= column * 8 && window.Y <= row * 8 &&
        window.Right >= Math.Min(frame.Width, column * 8 + 8) && window.Bottom >= Math.Min(frame.Height, row * 8 + 8);

    private RedactionPolicy RandomPolicy()
    {
        var models = Models.Where(_ => _random.Next(2) == 0).DefaultIfEmpty("faces");
        return new RedactionPolicy
        {
            Rules = [.. models.Select(model => new PolicyRule { When = new() { Model = model } })],
            Cover = _random.Next(15) == 0,
            Strict = _random.Next(5) == 0,
            MaximumAgeMs = _random.Next(3) == 0 ? null : _random.Next(50, 1200),
            SmallestFace = _random.Next(3) == 0 ? _random.Next(8, 60) : null,
            LookAheadFrames = _lookAhead,
            Watermark = _random.Next(6) == 0 ? new PolicyWatermark { Text = "mine" } : null,
        };
    }
}
