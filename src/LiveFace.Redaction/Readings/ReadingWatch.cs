using LiveFace.Redaction.Exemptions;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Readings;

/// <summary>
/// Says what was read of the faces that are followed, and which is to be read next: the newest first, so many a second. A track's
/// number says nothing of who it is, so rules go by readings only while the track was followed without a doubt since they were
/// made, as exemptions do (<see cref="ExemptionWatch"/>). What was read goes with its track. Times, tracks and readings go in; there
/// is no clock, no thread and no picture in here, and nothing is written down.
/// </summary>
public sealed class ReadingWatch
{
    private readonly ReadingOptions _options;
    private readonly List<TrackReading> _known = [];
    private readonly Stack<TrackReading> _spare = new();
    private FrameMark _newest;
    private TimeSpan _askedAt = TimeSpan.MinValue;

    /// <summary>Starts with nothing read.</summary>
    public ReadingWatch(ReadingOptions? options = null) => _options = options ?? new();

    /// <summary>Of how many tracks anything may be known.</summary>
    internal int Count => _known.Count;

    /// <summary>Takes the tracks of a new frame, and tells the frame what is known of them.</summary>
    public void Follow(FrameTracks tracks, PolicySnapshot policy, VisionState vision)
    {
        ArgumentNullException.ThrowIfNull(tracks);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(vision);
        if (policy.Reads == FaceTraits.None)
        {
            Clear();
            return;
        }

        var cut = tracks.Mark.Epoch != _newest.Epoch;
        _newest = tracks.Mark;
        foreach (var known in _known)
            known.IsThere = false;
        foreach (ref readonly var track in tracks.Tracks)
            if (TrackCertainty.IsFace(track, vision))
                Follow(track, tracks, cut);
        for (var i = _known.Count - 1; i >= 0; i--)
            if (!_known[i].IsThere)
                Let(i);
    }

    /// <summary>Which track of the newest frame is to be read now, if any may be: so many times more rarely than usual.</summary>
    public bool TryNext(FrameTracks tracks, out Track track, int slower = 1)
    {
        ArgumentNullException.ThrowIfNull(tracks);
        track = default;
        if (_askedAt != TimeSpan.MinValue && (_newest.Time - _askedAt).TotalSeconds * _options.PerSecond < slower)
            return false;
        TrackReading? next = null;
        foreach (var known in _known)
            if (IsDue(known) && (next is null || IsBefore(known, next)))
                next = known;
        if (next is null || !TryFind(tracks, next.Id, out track))
            return false;
        next.Asked(_newest.Time);
        _askedAt = _newest.Time;
        return true;
    }

    /// <summary>A track was read in one of its frames; null says that it could not be.</summary>
    public void Answer(int track, in FrameMark taken, in FaceReading? reading)
    {
        if (Find(track) is { } known)
            known.Answer(taken, _newest, reading);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        for (var i = _known.Count - 1; i >= 0; i--)
            Let(i);
        _askedAt = TimeSpan.MinValue;
    }

    private void Follow(in Track track, FrameTracks tracks, bool cut)
    {
        var known = Find(track.Id);
        if (known is null)
        {
            known = _spare.Count > 0 ? _spare.Pop() : new TrackReading();
            known.Begin(track.Id, track.FirstSeen, tracks.Mark.Index);
            _known.Add(known);
        }

        known.Be(track);
        if (cut)
            known.Forget(tracks.Mark.Index - 1);
        if (TrackCertainty.IsCertain(track, tracks, _options.Certainty))
            known.Follow(tracks.Mark, track.Box, _options.Certainty.LeastShared);
        else
            known.Doubt(tracks.Mark.Index);
        tracks.Tell(track.Id, known.Told, known.CertainlyOver(tracks.Mark.Time, _options));
    }

    private bool IsDue(TrackReading known) => known.IsSeen && (known.AskedAt == TimeSpan.MinValue ||
        _newest.Time - known.AskedAt >= (known.Readings < _options.Least ? _options.First : _options.Interval));

    /// <summary>Who was read less often than a rule asks for comes first, the newest of them before the others; then who waits longest.</summary>
    private bool IsBefore(TrackReading one, TrackReading other)
    {
        var (few, others) = (one.Readings < _options.Least, other.Readings < _options.Least);
        if (few != others)
            return few;
        return few && one.FirstSeen != other.FirstSeen ? one.FirstSeen > other.FirstSeen : one.AskedAt < other.AskedAt;
    }

    private TrackReading? Find(int track)
    {
        foreach (var known in _known)
            if (known.Id == track)
                return known;
        return null;
    }

    /// <summary>What was read of a track goes with it, and only its memory is used again.</summary>
    private void Let(int index)
    {
        var gone = _known[index];
        _known.RemoveAt(index);
        gone.Begin(0, default, frame: 0);
        _spare.Push(gone);
    }

    private static bool TryFind(FrameTracks tracks, int id, out Track track)
    {
        foreach (ref readonly var candidate in tracks.Tracks)
            if (candidate.Id == id)
            {
                track = candidate;
                return true;
            }

        track = default;
        return false;
    }
}
