using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tracking;

/// <summary>What is known of one track; the slots are made once and used again.</summary>
internal sealed class TrackState
{
    // Deviations in parts of the box's height (positions) or of one (logarithms of the size). A head that starts to
    // run crosses about four of its heights in a second squared.
    private const float DetectionDeviation = 0.06f;
    private const float WeakDetectionDeviation = 0.12f;
    private const float PictureDeviation = 0.015f;
    private const float SizeDeviation = 0.07f;
    private const float FirstRateDeviation = 2f;
    private const float FirstSizeRateDeviation = 0.5f;
    private const float Acceleration = 6f;

    // What the detector saw beyond the estimate stays covered so long, in seconds, and reaches no farther than this part of
    // the box.
    private const float OvershootFade = 0.1f;
    private const float LargestOvershoot = 0.5f;
    private const float SizeAcceleration = 1.2f;

    // The newest answer counts for no less than this part of a track's support: what was seen for long is not doubted at once.
    private const float LeastShare = 0.04f;

    private KalmanAxis _x;
    private KalmanAxis _y;
    private KalmanAxis _w;
    private KalmanAxis _h;
    private KalmanAxis _beforeX;
    private KalmanAxis _beforeY;
    private BoxEdges _overshoot;
    private float _paceX;
    private float _paceY;
    private float _aheadX;
    private float _aheadY;
    private int _answers;

    public int Id { get; private set; }
    public int Source { get; private set; }
    public int Class { get; private set; }

    /// <summary>How the picture is turned when it stands upright.</summary>
    public QuarterTurns Turns { get; private set; }

    public float Score { get; private set; }
    public int Hits { get; private set; }
    public TimeSpan FirstSeen { get; private set; }
    public TimeSpan LastSeen { get; private set; }
    /// <summary>The mean score over the answers that would have shown it, those that did not as zero.</summary>
    public float Support { get; private set; }

    /// <summary>Looks that would have shown it did not, too often for what it takes of the picture.</summary>
    public bool IsDoubted { get; private set; }

    public bool Coasting { get; set; }
    public bool Matched { get; set; }
    public PoseHistory History { get; } = new();

    private FaceLandmarks? _landmarks;
    private BoxF _landmarksBox;

    public float Height => MathF.Exp(_h.Position);
    public float Deviation => MathF.Max(_x.Deviation, _y.Deviation);

    /// <summary>The box before the last prediction.</summary>
    public BoxF BoxBefore { get; private set; }

    public BoxF Box
    {
        get
        {
            var halfWidth = MathF.Exp(_w.Position) * 0.5f;
            var halfHeight = MathF.Exp(_h.Position) * 0.5f;
            return new BoxF(_x.Position - halfWidth, _y.Position - halfHeight,
                _x.Position + halfWidth, _y.Position + halfHeight);
        }
    }

    public void Begin(int id, int source, in DetectedObject seen, BoxF box, TimeSpan now)
    {
        Id = id;
        Source = source;
        Class = seen.Class;
        Turns = seen.Turns;
        Score = seen.Score;
        Hits = 1;
        FirstSeen = LastSeen = now;
        Coasting = false;
        Matched = true;
        IsDoubted = false;
        _answers = 0;
        Count(seen.Score);
        var height = box.Height;
        _x = KalmanAxis.Begin(box.CentreX, DetectionDeviation * height, FirstRateDeviation * height);
        _y = KalmanAxis.Begin(box.CentreY, DetectionDeviation * height, FirstRateDeviation * height);
        _w = KalmanAxis.Begin(MathF.Log(box.Width), SizeDeviation, FirstSizeRateDeviation);
        _h = KalmanAxis.Begin(MathF.Log(height), SizeDeviation, FirstSizeRateDeviation);
        _landmarks = seen.Landmarks;
        _landmarksBox = seen.Box;
        _overshoot = default;
        KeepPace();
        History.Clear();
        History.Add(now, box);
    }

    public void Predict(float dt, TimeSpan now)
    {
        var height = Height;
        _beforeX = _x;
        _beforeY = _y;
        BoxBefore = Box;
        _x.Predict(dt, Acceleration * height);
        _y.Predict(dt, Acceleration * height);
        _w.Predict(dt, SizeAcceleration);
        _h.Predict(dt, SizeAcceleration);
        if (Coasting)
        {
            var fade = MathF.Exp(-2.5f * dt);
            _x.Fade(fade);
            _y.Fade(fade);

            // It may as well have kept its pace.
            _aheadX += (_paceX - _x.Rate) * dt;
            _aheadY += (_paceY - _y.Rate) * dt;
        }

        _overshoot *= MathF.Exp(-dt / OvershootFade);

        // The size fades faster than the place: a zoom that nobody confirms must not blow a box up or shrink it away.
        var sizeFade = MathF.Exp(-4f * dt);
        _w.Fade(sizeFade);
        _h.Fade(sizeFade);
        History.Add(now, Box);
    }

    public void Follow(CameraShift camera, TimeSpan now)
    {
        var (x, y) = camera.Apply(_x.Position, _y.Position);
        _x.Shift(x - _x.Position);
        _y.Shift(y - _y.Position);
        var growth = MathF.Log(camera.Scale);
        _w.Shift(growth);
        _h.Shift(growth);
        History.Add(now, Box);
    }

    /// <summary>How it moved since the last frame as the picture itself shows it, by likeness.</summary>
    public void FollowPicture(PatchSearch.Found step, CameraShift camera, float dt, TimeSpan now)
    {
        var deviation = PictureDeviation * Height * (1 + 6 * (1 - step.Likeness));
        var (x, y) = camera.Apply(BoxBefore.CentreX, BoxBefore.CentreY);
        _x.MoveBy(_beforeX, step.X, x - BoxBefore.CentreX, deviation, dt);
        _y.MoveBy(_beforeY, step.Y, y - BoxBefore.CentreY, deviation, dt);
        KeepPace();
        History.Add(now, Box);
    }

    public void See(in DetectedObject seen, BoxF box, bool weak, TimeSpan takenAt, TimeSpan now)
    {
        var deviation = (weak ? WeakDetectionDeviation : DetectionDeviation) * Height;
        _x.Measure(box.CentreX, deviation);
        _y.Measure(box.CentreY, deviation);
        var sizeDeviation = weak ? 2 * SizeDeviation : SizeDeviation;
        _w.Measure(MathF.Log(MathF.Max(1, box.Width)), sizeDeviation);
        _h.Measure(MathF.Log(MathF.Max(1, box.Height)), sizeDeviation);
        if (!weak)
            Turns = seen.Turns;
        Score = weak ? MathF.Max(seen.Score, Score * 0.9f) : seen.Score;
        Count(seen.Score);
        Hits++;
        if (takenAt > LastSeen)
            LastSeen = takenAt;
        Coasting = false;
        Matched = true;
        _landmarks = seen.Landmarks;
        _landmarksBox = seen.Box;
        _overshoot = BoxEdges.Beyond(Box, box, LargestOvershoot);
        KeepPace();
        History.Add(now, Box);
    }

    /// <summary>A look that would have shown it did not; below the bar it is believed no longer.</summary>
    public void Deny(float bar)
    {
        Count(0);
        IsDoubted = Support < bar;
    }

    private void Count(float score) => Support += (score - Support) * MathF.Max(LeastShare, 1f / ++_answers);

    /// <summary>The scene is another one: nothing is known of how things move in it.</summary>
    public void Cut()
    {
        var height = Height;
        _x.Stop(FirstRateDeviation * height);
        _y.Stop(FirstRateDeviation * height);
        _w.Stop(FirstSizeRateDeviation);
        _h.Stop(FirstSizeRateDeviation);
        _x.Doubt(0.3f * height);
        _y.Doubt(0.3f * height);
        _overshoot = default;
        KeepPace();
        Hits = 0;
        Coasting = true;
    }

    /// <summary>How long the track lives without being seen: longer, the more often it was.</summary>
    public TimeSpan Patience(TrackerOptions options)
    {
        var part = Math.Min(1, Hits / 8.0);
        return options.MinimumUnseen + part * (options.MaximumUnseen - options.MinimumUnseen);
    }

    public Track Read(TimeSpan now, float dtOfCamera, CameraShift camera, TrackerOptions options)
    {
        var box = Box;
        var (x, y) = camera.Apply(_x.Position, _y.Position);
        var cameraX = dtOfCamera > 0 ? (x - _x.Position) / dtOfCamera : 0;
        var cameraY = dtOfCamera > 0 ? (y - _y.Position) / dtOfCamera : 0;
        return new Track(Id, Source, Class, Score, box, Cover(box, options),
            _x.Rate + cameraX, _y.Rate + cameraY, FirstSeen, now - LastSeen, Coasting, LandmarksIn(box), Turns);
    }

    /// <summary>
    /// The box, what the detector saw beyond it, and the room that doubt needs. A box that was just seen needs none: that
    /// detections are a little off is what the padding of masks is for.
    /// </summary>
    private BoxF Cover(BoxF box, TrackerOptions options)
    {
        // Half of the doubt about the size lies on each side. What the latest look did not show begins to grow at once.
        var usual = Coasting ? 0.5f : 1;
        var size = 0.5f * MathF.Max(0, MathF.Max(_w.Deviation, _h.Deviation) - usual * SizeDeviation);
        var place = usual * DetectionDeviation * box.Height;
        var across = options.CoverDeviations * (MathF.Max(0, _x.Deviation - place) + size * box.Width);
        var down = options.CoverDeviations * (MathF.Max(0, _y.Deviation - place) + size * box.Height);
        var (most, mostDown) = (options.MaximumGrowth * box.Width, options.MaximumGrowth * box.Height);
        return new BoxF(
            box.Left - MathF.Min(most, across + MathF.Max(_overshoot.Left, -_aheadX)),
            box.Top - MathF.Min(mostDown, down + MathF.Max(_overshoot.Top, -_aheadY)),
            box.Right + MathF.Min(most, across + MathF.Max(_overshoot.Right, _aheadX)),
            box.Bottom + MathF.Min(mostDown, down + MathF.Max(_overshoot.Bottom, _aheadY)));
    }

    private void KeepPace()
    {
        (_paceX, _paceY) = (_x.Rate, _y.Rate);
        (_aheadX, _aheadY) = (0, 0);
    }

    private FaceLandmarks? LandmarksIn(BoxF box)
    {
        if (_landmarks is not { } l || _landmarksBox.Width <= 0 || _landmarksBox.Height <= 0)
            return null;
        var sx = box.Width / _landmarksBox.Width;
        var sy = box.Height / _landmarksBox.Height;
        var dx = box.Left - _landmarksBox.Left * sx;
        var dy = box.Top - _landmarksBox.Top * sy;
        return new FaceLandmarks(
            l.RightEyeX * sx + dx, l.RightEyeY * sy + dy, l.LeftEyeX * sx + dx, l.LeftEyeY * sy + dy,
            l.NoseX * sx + dx, l.NoseY * sy + dy, l.RightMouthX * sx + dx, l.RightMouthY * sy + dy,
            l.LeftMouthX * sx + dx, l.LeftMouthY * sy + dy);
    }
}
