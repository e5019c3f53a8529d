namespace LiveFace.Vision.Detection;

/// <summary>Which kind of look saw something; only looks of one kind confirm each other.</summary>
internal enum SightingKind
{
    /// <summary>As the picture stands, with or without a border round it.</summary>
    Upright,
    Turned,
    Bright,
}

/// <summary>Something that a look saw, by which model, and which look it was.</summary>
internal readonly record struct Sighting(DetectedObject Item, SightingKind Kind, int Model, int Look);

/// <summary>
/// What single looks saw. One look alone sees faces in many a wrong place, a turned one above all, and looks of one model
/// are wrong in the same places; two models that see a face in the same place are mostly right. Where there is only one
/// model, and where only the light differs, two of its looks have to do.
/// </summary>
internal sealed class Sightings(float overlap, bool severalModels)
{
    /// <summary>The most that are kept; a model that sees more than this is wrong or knows nothing.</summary>
    private const int Most = ExhaustiveLook.RoomForAll;

    // The less sure of two that agree has to reach it. docs/reference/benchmarks.md, Public pictures and Blind spots, has what they are worth.
    private static readonly HidingBar UprightBar = new(0.4f, 0.8f), TurnedBar = new(0.5f, 1), BrightBar = new(0.45f, 0.8f), OneModelBar = new(0.5f, 0.9f);

    private static readonly SightingKind[] Kinds = Enum.GetValues<SightingKind>();

    private readonly List<Sighting> _all = [];
    private readonly List<Sighting> _ofKind = [];

    public void Clear() => _all.Clear();

    /// <summary>Keeps it where it can matter. False when there is no room for it.</summary>
    public bool Add(in Sighting sighting)
    {
        if (sighting.Item.Score < BarOf(sighting.Kind).Small)
            return true;
        if (_all.Count == Most)
            return false;
        _all.Add(sighting);
        return true;
    }

    /// <summary>Adds what looks of one kind confirm to each other in a picture of so many pixels and is not in the list yet.</summary>
    public void AddConfirmed(DetectionList found, float pixels)
    {
        foreach (var kind in Kinds)
        {
            _ofKind.Clear();
            foreach (var seen in _all)
                if (seen.Kind == kind)
                    _ofKind.Add(seen);
            _ofKind.Sort(static (a, b) => b.Item.Score.CompareTo(a.Item.Score));
            foreach (var seen in _ofKind)
                if (IsConfirmed(seen, BarOf(kind).For(seen.Item.Box, pixels)))
                    Take(seen.Item, found);
        }
    }

    private HidingBar BarOf(SightingKind kind) => kind switch
    {
        SightingKind.Bright => BrightBar,
        _ when !severalModels => OneModelBar,
        SightingKind.Turned => TurnedBar,
        _ => UprightBar,
    };

    private bool IsConfirmed(in Sighting sighting, float bar)
    {
        if (sighting.Item.Score < bar)
            return false;
        foreach (var other in _ofKind)
            if (other.Item.Score >= bar && IsAnother(sighting, other) && other.Item.Class == sighting.Item.Class &&
                other.Item.Box.IntersectionOverUnion(sighting.Item.Box) > overlap)
                return true;
        return false;
    }

    private bool IsAnother(in Sighting one, in Sighting other) => severalModels && one.Kind != SightingKind.Bright
        ? one.Model != other.Model
        : one.Look != other.Look;

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
