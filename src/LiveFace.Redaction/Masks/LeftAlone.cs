using LiveFace.Redaction.Looks;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Masks;

/// <summary>
/// Whom a plan's rules leave alone in a frame: only where this frame says so, and none of those behind it, which may know better by
/// now, says anything else.
/// </summary>
internal sealed class LeftAlone
{
    /// <summary>A raw detection that overlaps so much with a track is that track.</summary>
    public const float SameThing = 0.4f;

    private readonly List<int> _exempt = new(4);
    private readonly List<(int Track, int Age)> _older = new(32);
    private readonly List<(int Track, string Person)> _people = new(4);

    /// <summary>Takes what a frame, and those behind it, say.</summary>
    public void Find(PaintPlan plan, FrameTracks tracks, ReadOnlySpan<FrameTracks> later)
    {
        _exempt.Clear();
        _older.Clear();
        foreach (var id in plan.Policy.ExemptTracks)
        {
            var exempt = tracks.IsLeftAlone(id);
            foreach (var next in later)
                exempt &= next.Mark.Epoch == tracks.Mark.Epoch && next.IsLeftAlone(id);
            if (exempt)
                _exempt.Add(id);
        }

        FindPeople(plan, tracks, later);
        foreach (var line in plan.Lines)
            if (line.AgeUnder is { } age)
                FindOlder(line, age, tracks, later);
    }

    /// <summary>Whether a rule leaves a track alone.</summary>
    public bool Has(PaintLine line, in Track track) =>
        (line.Excepts(track.Id) && _exempt.Contains(track.Id)) || IsNamed(line, track) ||
        (line.AgeUnder is { } age && _older.Contains((track.Id, age)));

    /// <summary>
    /// Whether a detection is that of a track which is left alone: the one that lies on it best, and no other, since a
    /// second one there may be a second face.
    /// </summary>
    public bool Has(PaintLine line, DetectionList found, in DetectedObject item, FrameTracks tracks)
    {
        foreach (ref readonly var track in tracks.Tracks)
        {
            if (track.Source != line.Source!.Index || !Has(line, track))
                continue;
            var overlap = track.Box.IntersectionOverUnion(item.Box);
            if (overlap < SameThing)
                continue;
            var best = true;
            foreach (ref readonly var other in found.Items)
                best &= track.Box.IntersectionOverUnion(other.Box) <= overlap;
            if (best)
                return true;
        }

        return false;
    }

    private bool IsNamed(PaintLine line, in Track track)
    {
        foreach (var (known, person) in _people)
            if (known == track.Id && line.Excepts(person))
                return true;
        return false;
    }

    private void FindPeople(PaintPlan plan, FrameTracks tracks, ReadOnlySpan<FrameTracks> later)
    {
        _people.Clear();
        if (plan.Policy.ExemptPeople.Count == 0)
            return;
        foreach (ref readonly var track in tracks.Tracks)
        {
            if (tracks.PersonOf(track.Id) is not { } person)
                continue;
            var isKnown = true;
            foreach (var next in later)
                isKnown = isKnown && next.Mark.Epoch == tracks.Mark.Epoch && string.Equals(next.PersonOf(track.Id), person, StringComparison.Ordinal);
            if (isKnown)
                _people.Add((track.Id, person));
        }
    }

    private void FindOlder(PaintLine line, int age, FrameTracks tracks, ReadOnlySpan<FrameTracks> later)
    {
        foreach (ref readonly var track in tracks.Tracks)
        {
            if (track.Source != line.Source!.Index || _older.Contains((track.Id, age)))
                continue;
            var older = tracks.IsCertainlyOver(track.Id, age);
            foreach (var next in later)
                older = older && next.Mark.Epoch == tracks.Mark.Epoch && next.IsCertainlyOver(track.Id, age);
            if (older)
                _older.Add((track.Id, age));
        }
    }
}
