namespace LiveFace.Vision.Detection;

/// <summary>Which kind of look saw something; only looks of one kind confirm each other.</summary>
internal enum SightingKind
{
    Turned,
    Padded,
    Bright,
}

/// <summary>Something that one of the other looks was fairly sure to see, and which look it was.</summary>
internal readonly record struct Sighting(DetectedObject Item, SightingKind Kind, int Look);

/// <summary>
/// What the other looks saw. One look alone sees faces in many a wrong place, a turned one above all; two of a kind that
/// see one in the same place are mostly right.
/// </summary>
internal sealed class Sightings(float overlap)
{
    /// <summary>How many looks of a kind have to see a thing.</summary>
    private const int LeastLooks = 2;

    /// <summary>The most that are kept; a model that sees more than this is wrong or knows nothing.</summary>
    private const int Most = ExhaustiveLook.RoomForAll;

    private static readonly SightingKind[] Kinds = Enum.GetValues<SightingKind>();

    private readonly List<Sighting> _all = [];
    private readonly List<Sighting> _ofKind = [];

    public void Clear() => _all.Clear();

    /// <summary>False when there is no room for it.</summary>
    public bool Add(in Sighting sighting)
    {
        if (_all.Count == Most)
            return false;
        _all.Add(sighting);
        return true;
    }

    /// <summary>Adds what looks of one kind confirm to each other and is not in the list yet.</summary>
    public void AddConfirmed(DetectionList found)
    {
        foreach (var kind in Kinds)
        {
            _ofKind.Clear();
            foreach (var seen in _all)
                if (seen.Kind == kind)
                    _ofKind.Add(seen);
            _ofKind.Sort(static (a, b) => b.Item.Score.CompareTo(a.Item.Score));
            for (var i = 0; i < _ofKind.Count; i++)
                if (IsConfirmed(_ofKind[i]))
                    Take(_ofKind[i].Item, found);
        }
    }

    private bool IsConfirmed(in Sighting sighting)
    {
        var looks = 1;
        foreach (var other in _ofKind)
            if (other.Look != sighting.Look && other.Item.Class == sighting.Item.Class &&
                other.Item.Box.IntersectionOverUnion(sighting.Item.Box) > overlap && ++looks >= LeastLooks)
                return true;
        return looks >= LeastLooks;
    }

    private void Take(in DetectedObject item, DetectionList found)
    {
        foreach (ref var known in found.Items)
            if (known.Class == item.Class && known.Box.IntersectionOverUnion(item.Box) > overlap)
            {
                known = known with { Score = MathF.Max(known.Score, item.Score) };
                return;
            }

        found.Add(item);
    }
}
