using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;

namespace LiveFace.Redaction.Exemptions;

/// <summary>Watches the faces of a room whose policy leaves enrolled people alone. It does nothing where a policy names nobody.</summary>
internal sealed class PeopleWatch
{
    private readonly ExemptionOptions _options;
    private readonly NamedPeople _people;
    private readonly List<KnownTrack> _tracks = [];
    private readonly Stack<KnownTrack> _spare = new();

    public PeopleWatch(ExemptionOptions options, Func<string, FaceTemplate?> find) => (_options, _people) = (options, new NamedPeople(find));

    /// <summary>Takes the tracks of a frame, and says in them who is known.</summary>
    public void Follow(FrameTracks tracks, PolicySnapshot policy, VisionState vision, bool cut)
    {
        _people.Read(policy);
        if (!_people.Any)
        {
            Clear();
            return;
        }

        Meet(tracks, vision);
        for (var i = _tracks.Count - 1; i >= 0; i--)
        {
            var known = _tracks[i];
            if (cut)
                known.Break(tracks.Mark.Index - 1);
            if (!TrackCertainty.TryFind(tracks, known.Id, out var track) || !TrackCertainty.IsFace(track, vision))
            {
                Drop(i);
                continue;
            }

            if (TrackCertainty.IsCertain(track, tracks, _options))
                known.Follow(tracks.Mark, track.Box, _options.LeastShared);
            else
                known.Break(tracks.Mark.Index);
            known.Check(tracks.Mark.Index);
            if (known.Person is { } person && known.Holds(tracks.Mark.Time, _options.Longest))
                tracks.Know(known.Id, person);
        }
    }

    /// <summary>Who is to be looked at now: those who are known first, then whoever has waited longest.</summary>
    public KnownTrack? Next(TimeSpan now)
    {
        KnownTrack? next = null;
        foreach (var known in _tracks)
            if (known.Box is not null && (known.LookedAt == TimeSpan.MinValue || now - known.LookedAt >= known.PauseOf(_options.Interval)) &&
                (next is null || (known.Person is null, known.LookedAt).CompareTo((next.Person is null, next.LookedAt)) < 0))
                next = known;
        return next;
    }

    public void Answer(int track, in FrameMark taken, in FrameMark newest, FaceEmbedding? seen)
    {
        foreach (var known in _tracks)
            if (known.Id == track)
                known.Answer(taken, newest, seen);
    }

    /// <summary>Forgets everybody.</summary>
    public void Clear()
    {
        for (var i = _tracks.Count - 1; i >= 0; i--)
            Drop(i);
        _people.Clear();
    }

    private void Meet(FrameTracks tracks, VisionState vision)
    {
        foreach (ref readonly var track in tracks.Tracks)
            if (TrackCertainty.IsFace(track, vision) && !IsWatched(track.Id))
                _tracks.Add((_spare.TryPop(out var spare) ? spare : new KnownTrack(_people)).Reset(track.Id, tracks.Mark.Index));
    }

    private bool IsWatched(int track)
    {
        foreach (var known in _tracks)
            if (known.Id == track)
                return true;
        return false;
    }

    private void Drop(int index)
    {
        _spare.Push(_tracks[index].Reset(0, frame: 0));
        _tracks.RemoveAt(index);
    }
}
