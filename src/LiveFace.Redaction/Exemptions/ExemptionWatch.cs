using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;

namespace LiveFace.Redaction.Exemptions;

/// <summary>
/// Says in which frames a face that a policy exempts is left alone, by its track's number or as somebody enrolled. A track's
/// number says nothing of who it is: it may go over to a neighbour. So an exemption holds only for a while after a look has
/// shown the same person as looks did before, and only as long as the track was followed since then without a doubt: seen by
/// the detector, with nobody near, without a jump and in one scene. In every other case it is hidden like everybody else.
/// Times, tracks and looks go in; there is no clock, no thread and no picture in here.
/// </summary>
public sealed class ExemptionWatch
{
    private readonly ExemptionOptions _options;
    private readonly List<ExemptTrack> _exempt = [];
    private readonly PeopleWatch _people;
    private PolicySnapshot? _policy;
    private FrameMark _newest;

    /// <summary>
    /// Starts with nobody exempt. <paramref name="people"/> gives who is enrolled under an id, in this room and at this moment;
    /// it is asked with each frame.
    /// </summary>
    public ExemptionWatch(ExemptionOptions? options = null, Func<string, FaceTemplate?>? people = null)
    {
        _options = options ?? new();
        _people = new PeopleWatch(_options, people ?? (static _ => null));
    }

    /// <summary>Takes the tracks of a new frame and marks in them which are left alone.</summary>
    public void Follow(FrameTracks tracks, PolicySnapshot policy, VisionState vision)
    {
        ArgumentNullException.ThrowIfNull(tracks);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(vision);
        if (!ReferenceEquals(policy, _policy))
            Take(policy);
        var cut = tracks.Mark.Epoch != _newest.Epoch;
        _newest = tracks.Mark;
        _people.Follow(tracks, policy, vision, cut);
        foreach (var exempt in _exempt)
        {
            if (cut)
                exempt.Break(tracks.Mark.Index - 1);
            if (TrackCertainty.TryFind(tracks, exempt.Id, out var track) && TrackCertainty.IsFace(track, vision) &&
                TrackCertainty.IsCertain(track, tracks, _options))
                exempt.Follow(tracks.Mark, track.Box, _options.LeastShared);
            else
                exempt.Break(tracks.Mark.Index);
            if (exempt.Holds(tracks.Mark.Time, _options.Longest))
                tracks.LeaveAlone(exempt.Id);
        }
    }

    /// <summary>Which track of the newest frame is to be looked at now: the one that has waited longest, if any is due.</summary>
    public bool TryNext(out int track, out BoxF box)
    {
        WatchedTrack? next = null;
        foreach (var exempt in _exempt)
            if (exempt.Box is not null && (exempt.LookedAt == TimeSpan.MinValue || _newest.Time - exempt.LookedAt >= _options.Interval) &&
                (next is null || exempt.LookedAt < next.LookedAt))
                next = exempt;
        if (_people.Next(_newest.Time) is { } known && (next is null || (known.Person is not null && known.LookedAt < next.LookedAt)))
            next = known;
        (track, box) = next is null ? (0, default) : (next.Id, next.Box!.Value);
        next?.LookedAt = _newest.Time;
        return next is not null;
    }

    /// <summary>A look at a track of some frame has been answered; null says that no face could be made out in it.</summary>
    public void Answer(int track, in FrameMark taken, FaceEmbedding? seen)
    {
        foreach (var exempt in _exempt)
            if (exempt.Id == track)
                exempt.Answer(taken, _newest, seen);
        _people.Answer(track, taken, _newest, seen);
    }

    /// <summary>Forgets everybody.</summary>
    public void Clear()
    {
        foreach (var exempt in _exempt)
            exempt.Forget();
        _exempt.Clear();
        _people.Clear();
        _policy = null;
    }

    /// <summary>A track that goes on to be named stays the person that it was; one that is named anew is whoever it is then.</summary>
    private void Take(PolicySnapshot policy)
    {
        _policy = policy;
        foreach (var exempt in _exempt)
            exempt.IsNamed = false;
        foreach (var id in policy.ExemptTracks)
            if (_exempt.Find(exempt => exempt.Id == id) is { } known)
                known.IsNamed = true;
            else
                _exempt.Add(new ExemptTrack(id));
        foreach (var exempt in _exempt)
            if (!exempt.IsNamed)
                exempt.Forget();
        _exempt.RemoveAll(static exempt => !exempt.IsNamed);
    }
}
