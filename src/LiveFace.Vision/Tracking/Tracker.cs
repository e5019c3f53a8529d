using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tracking;

/// <summary>
/// Follows things through the pictures of one stream. Each frame goes through <see cref="Predict(VideoFrame,TimeSpan)"/>,
/// before it is redacted; whenever a detector has an answer, for this frame or an earlier one, it goes through
/// <see cref="Update"/>. Time comes from the caller, and the same calls give the same tracks. Nothing is allocated
/// once the pictures keep their size. One thread at a time.
/// <code>
/// Predict: copy luma ► camera motion, cut ► each track: pace + camera ► look for it in the picture
/// Update:  strong detections ► tracks by overlap, then distance ► weak ones keep what is left alive ► new tracks
/// </code>
/// </summary>
public sealed class Tracker
{
    private const float LeastLikeness = 0.6f;
    private const float LongestStep = 1f;

    // A track is held down to this part of what begins to be hidden: what was there a moment ago is likelier still there.
    private const float HeldPart = 0.5f;

    private readonly TrackerOptions _options;
    private readonly TrackState[] _states;
    private readonly Track[] _tracks;
    private readonly TimeSpan[] _seenAt;
    private readonly bool[] _leftOut;
    private readonly TrackMatcher _matcher;
    private readonly CameraMotion _motion = new();
    private readonly FrameMemory _memory;
    private TimeSpan? _now;
    private TimeSpan _cutAt = TimeSpan.MinValue;
    private CameraShift _camera = CameraShift.None;
    private float _step;
    private int _count;
    private int _nextId = 1;

    /// <summary>Makes a tracker for one stream.</summary>
    public Tracker(TrackerOptions? options = null)
    {
        _options = options ?? new TrackerOptions();
        _states = new TrackState[_options.MaximumTracks];
        for (var i = 0; i < _states.Length; i++)
            _states[i] = new TrackState();
        _tracks = new Track[_options.MaximumTracks];
        _matcher = new TrackMatcher(_options);
        _seenAt = new TimeSpan[_options.Sources];
        _leftOut = new bool[_options.Sources];
        Array.Fill(_seenAt, TimeSpan.MinValue);
        _memory = new FrameMemory(_options.Sources);
        ActiveSources = _options.Sources;
    }

    /// <summary>What is followed, as of the last call; stands until the next one.</summary>
    public ReadOnlySpan<Track> Tracks => _tracks.AsSpan(0, _count);

    /// <summary>
    /// The scene changed and not every detector has answered for the new one yet: nothing is known about the picture, and
    /// whoever hides things has to hide all of it.
    /// </summary>
    internal bool Cut
    {
        get
        {
            foreach (var seen in _seenAt.AsSpan(0, ActiveSources))
                if (seen < _cutAt)
                    return true;
            return false;
        }
    }

    /// <summary>How many of the sources have a detector; the others are not waited for.</summary>
    internal int ActiveSources { get; set; }

    /// <summary>How many scenes there were: counts up with each cut and each change of the picture's size.</summary>
    public long Scenes { get; private set; }

    /// <summary>Detections that found no free track since the tracker began; the bound of tracks is too low.</summary>
    internal long Refused { get; private set; }

    /// <summary>
    /// Whether some source's newest answer holds strong detections that no track stands for, because there was none free:
    /// whoever hides things by tracks has to hide those by themselves.
    /// </summary>
    public bool LeavesOut => _leftOut.AsSpan().Contains(true);

    /// <summary>The brightness of the latest frame.</summary>
    internal LumaPyramid Picture => _memory.Current;

    /// <summary>Moves everything on to this frame and corrects it by what the frame shows.</summary>
    public void Predict(VideoFrame frame, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var first = _memory.Current.IsEmpty;
        _memory.Read(frame);
        _camera = CameraShift.None;
        var comparable = !first && _memory.IsComparable;
        var changed = !first && !comparable;
        if (comparable)
        {
            _camera = _motion.Estimate(_memory.Previous, _memory.Current, cutOnly: _count == 0 && !_memory.KeepsAny);
            changed = _motion.Cut;
        }

        Advance(now);
        if (changed)
            BeginScene(now);
        else
            FollowPicture(comparable, now);
        _memory.Move(_camera);
        EndTheLost(now);
        Publish(now);
    }

    /// <summary>Moves everything on by its pace alone, where there is no picture.</summary>
    public void Predict(TimeSpan now)
    {
        _camera = CameraShift.None;
        Advance(now);
        EndTheLost(now);
        Publish(now);
    }

    /// <summary>
    /// Keeps the last predicted frame's brightness until this source's detector answers for it, so that a late answer
    /// can be carried over to the picture of its day. Only the latest such frame of each source is kept.
    /// </summary>
    public void Keep(int source = 0) => _memory.Keep(source, _now ?? default);

    /// <summary>Takes in what a detector saw on the frame of that time: all of it, the weak as well.</summary>
    /// <param name="detections">Boxes in pixels of the frame, from the weak threshold up.</param>
    /// <param name="strong">The score from which a detection begins a track.</param>
    /// <param name="takenAt">The time that was given to <c>Predict</c> with the frame that was looked at.</param>
    /// <param name="source">Which detector speaks; its tracks are its own.</param>
    /// <param name="reach">
    /// What the answer can say something about: tracks that it should hold and does not lose support, and what is not worth
    /// hiding begins none. Without it nothing is concluded from what is missing.
    /// </param>
    public void Update(
        ReadOnlySpan<DetectedObject> detections, float strong, TimeSpan takenAt, int source = 0, LookReach reach = default)
    {
        var now = _now ??= takenAt;
        if (takenAt < _cutAt)
            return;
        _seenAt[source] = takenAt;
        var late = takenAt < now;
        var trackOf = _matcher.Match(_states.AsSpan(0, _count), detections, strong, takenAt, source);
        var refused = Refused;
        for (var i = 0; i < detections.Length; i++)
        {
            ref readonly var seen = ref detections[i];
            if (!seen.Box.IsUsable)
                continue;
            var weak = !seen.IsConfirmed && seen.Score < MathF.Max(strong, reach.BarFor(seen.Box));
            if (i >= trackOf.Length)
            {
                // More than are ever matched, so more than tracks, too.
                Refused += weak ? 0 : 1;
            }
            else if (trackOf[i] >= 0)
            {
                var state = _states[trackOf[i]];
                state.See(seen, late ? CarryKnown(state, seen.Box, takenAt) : seen.Box, weak, takenAt, now);
            }
            else if (!weak && TrackMatcher.MayBeginTrack(seen, _states.AsSpan(0, _count), source))
            {
                Begin(seen, late ? CarryNew(seen.Box, source, takenAt) : seen.Box, source, takenAt);
            }
        }

        _leftOut[source] = Refused > refused;
        for (var i = 0; i < _count; i++)
            if (_states[i].Source == source && !_states[i].Matched)
                Lose(_states[i], takenAt, reach);
        _memory.Release(source);
        EndTheLost(now);
        Publish(now);
    }

    private static void Lose(TrackState state, TimeSpan takenAt, in LookReach reach)
    {
        state.Coasting = true;
        if (state.History.TryAt(takenAt, out var then) && reach.Count(then, state.Turns) > 0)
            state.Deny(HeldPart * reach.BarFor(then));
    }

    private void Advance(TimeSpan now)
    {
        _step = _now is { } before ? Math.Clamp((float)(now - before).TotalSeconds, 0, LongestStep) : 0;
        _now = now;
        for (var i = 0; i < _count; i++)
        {
            _states[i].Predict(_step, now);
            _states[i].Follow(_camera, now);
        }
    }

    private void BeginScene(TimeSpan now)
    {
        Scenes++;
        _cutAt = now;
        for (var i = 0; i < _count; i++)
            _states[i].Cut();
    }

    private void FollowPicture(bool comparable, TimeSpan now)
    {
        if (!comparable)
            return;
        for (var i = 0; i < _count; i++)
        {
            var state = _states[i];
            var from = state.BoxBefore;
            var to = state.Box;
            var reach = 2 * state.Deviation + 0.1f * from.Height;
            var step = PatchSearch.Search(
                _memory.Previous, from, _memory.Current, to.CentreX - from.CentreX, to.CentreY - from.CentreY, reach);
            if (step.Likeness >= LeastLikeness)
                state.FollowPicture(step, _camera, _step, now);
        }
    }

    private BoxF CarryKnown(TrackState state, BoxF seen, TimeSpan takenAt)
    {
        if (!state.History.TryAt(takenAt, out var then))
            return seen;
        var now = state.Box;
        return Carry(seen, state.Source, takenAt, now.CentreX - then.CentreX, now.CentreY - then.CentreY,
            now.Width / MathF.Max(1, then.Width));
    }

    private BoxF CarryNew(BoxF seen, int source, TimeSpan takenAt)
    {
        var camera = _memory.CameraSince(source, takenAt);
        var (x, y) = camera.Apply(seen.CentreX, seen.CentreY);
        return Carry(seen, source, takenAt, x - seen.CentreX, y - seen.CentreY, camera.Scale);
    }

    /// <summary>Moves a box of an earlier frame to this one: by what is expected, corrected by the picture.</summary>
    private BoxF Carry(BoxF seen, int source, TimeSpan takenAt, float dx, float dy, float growth)
    {
        if (_memory.KeptAt(source, takenAt) is { } picture)
        {
            var step = PatchSearch.Search(picture, seen, _memory.Current, dx, dy, 0.5f * seen.Height);
            if (step.Likeness >= LeastLikeness)
                (dx, dy) = (step.X, step.Y);
        }

        var halfWidth = seen.Width * growth * 0.5f;
        var halfHeight = seen.Height * growth * 0.5f;
        var x = seen.CentreX + dx;
        var y = seen.CentreY + dy;
        return new BoxF(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }

    private void Begin(in DetectedObject seen, BoxF box, int source, TimeSpan takenAt)
    {
        if (_count == _states.Length)
        {
            Refused++;
            return;
        }

        _states[_count++].Begin(_nextId++, source, seen, box, takenAt);
    }

    private void EndTheLost(TimeSpan now)
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            var state = _states[i];
            var box = state.Box;
            var picture = _memory.Current;
            var outside = !picture.IsEmpty && (box.CentreX < 0 || box.CentreY < 0
                || box.CentreX > picture.FrameWidth || box.CentreY > picture.FrameHeight);
            var patience = state.Patience(_options);
            if (!state.IsDoubted && now - state.LastSeen <= (outside ? patience / 4 : patience))
                continue;
            _count--;
            (_states[i], _states[_count]) = (_states[_count], _states[i]);
        }
    }

    private void Publish(TimeSpan now)
    {
        for (var i = 0; i < _count; i++)
            _tracks[i] = _states[i].Read(now, _step, _camera, _options);
    }
}
