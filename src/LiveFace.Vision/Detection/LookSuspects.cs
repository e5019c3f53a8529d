using LiveFace.Media.Frames;

namespace LiveFace.Vision.Detection;

/// <summary>
/// What one look saw and is not believed by itself: things in the turned picture, and things as large as the picture. Both are
/// wrong too often, and right where a second look sees the same: a closer one turned alike, or one of the whole at another
/// size. The memory is used again.
/// </summary>
internal sealed class LookSuspects
{
    /// <summary>The first look may be less sure of a turned thing than the second, which is close; what is below is nothing.</summary>
    public const float FirstTurned = 0.35f;

    private const float SecondTurned = 0.55f;

    // And has to be so much surer than an upright thing of its size.
    private const float TurnedDoubt = 1.25f;

    // Of a large thing the smaller picture has to be surer.
    private const float LargeSmall = 0.72f, Large = 0.6f;

    // Larger than this in the input, things are seen where there are none. Two sizes are two when one is so many times the other.
    private const float LargestInInput = 280;
    private const float LeastApart = 1.4f;

    private const int Most = 8;
    private const int MostTries = 2;

    // Looks after which it may have moved on.
    private const int Lifetime = 15;

    private readonly Suspect[] _suspects = new Suspect[Most];
    private int _count;

    private record struct Suspect(DetectedObject Seen, int Age, int Tries);

    /// <summary>Whether something as large as the picture waits for a second look.</summary>
    public bool AnyLarge
    {
        get
        {
            foreach (ref readonly var suspect in _suspects.AsSpan(0, _count))
                if (suspect.Seen.Turns == QuarterTurns.None)
                    return true;
            return false;
        }
    }

    /// <summary>Nothing is known of the picture any more.</summary>
    public void Clear() => _count = 0;

    /// <summary>Confirms what an earlier look saw too, and keeps what is seen for the first time.</summary>
    public void Take(DetectionList found, in LookReach reach, in DetectionThresholds thresholds)
    {
        Age();
        foreach (ref var item in found.Items)
        {
            var isTurned = item.Turns != QuarterTurns.None;
            var bar = reach.BarFor(item.Box);
            if (isTurned ? item.Score < FirstTurned : item.Score < Large || item.Score >= bar || item.Box.Height * item.Scale > LargestInInput)
                continue;
            var known = Find(item, thresholds.Overlap);
            if (known >= 0 && (isTurned ? item.Score >= MathF.Max(SecondTurned, TurnedDoubt * bar) : Agree(_suspects[known].Seen, item)))
                item = item with { IsConfirmed = true };
            if (known < 0 && _count < Most)
                _suspects[_count++] = new Suspect(item, 0, 0);
            else if (known >= 0 && isTurned && item.IsConfirmed)
                _suspects[known] = _suspects[--_count];
            else if (known >= 0)
                _suspects[known] = _suspects[known] with { Seen = item, Age = 0 };
        }
    }

    /// <summary>
    /// The next turned thing that waits for a close look, from that place in the list on; it is taken to be looked at now, and the
    /// place moves on.
    /// </summary>
    public bool TryNext(ref int place, out BoxF box, out QuarterTurns turns)
    {
        for (; place < _count; place++)
        {
            ref var suspect = ref _suspects[place];
            (box, turns) = (suspect.Seen.Box, suspect.Seen.Turns);
            if (turns == QuarterTurns.None)
                continue;
            suspect.Tries++;
            place++;
            return true;
        }

        (box, turns) = (default, default);
        return false;
    }

    private static bool Agree(in DetectedObject first, in DetectedObject second) => first.Scale < second.Scale
        ? second.Scale > LeastApart * first.Scale && first.Score >= LargeSmall
        : first.Scale > LeastApart * second.Scale && second.Score >= LargeSmall;

    private void Age()
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
            if (_suspects[i].Age < Lifetime && _suspects[i].Tries < MostTries)
                _suspects[kept++] = _suspects[i] with { Age = _suspects[i].Age + 1 };
        _count = kept;
    }

    private int Find(in DetectedObject item, float overlap)
    {
        for (var i = 0; i < _count; i++)
            if (_suspects[i].Seen is var seen && seen.Turns == item.Turns && seen.Class == item.Class && seen.Box.IntersectionOverUnion(item.Box) > overlap)
                return i;
        return -1;
    }
}
