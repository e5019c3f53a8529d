namespace LiveFace.Vision.Tracking;

/// <summary>
/// Which detection belongs to which track: the best pairs first, by overlap and then, where boxes do not meet, by
/// distance. Greedy is enough for things as small and as few as faces, and it is the same every time.
/// </summary>
internal sealed class Association
{
    private const int MaximumPairs = 8192;

    private readonly Pair[] _pairs = new Pair[MaximumPairs];
    private static readonly Comparison<Pair> BestFirst = static (a, b) =>
    {
        var byScore = b.Likeness.CompareTo(a.Likeness);
        if (byScore != 0)
            return byScore;
        var byTrack = a.Track.CompareTo(b.Track);
        return byTrack != 0 ? byTrack : a.Detection.CompareTo(b.Detection);
    };

    private int _count;

    public void Clear() => _count = 0;

    /// <summary>Likeness of two boxes: 1 to 2 where they overlap enough, 0 to 1 where they are only near, else 0.</summary>
    public static float Likeness(BoxF track, float deviation, BoxF seen, TrackerOptions options)
    {
        var overlap = track.IntersectionOverUnion(seen);
        if (overlap >= options.MinimumOverlap)
            return 1 + overlap;
        var size = MathF.Sqrt(MathF.Max(1, track.Area) / MathF.Max(1, seen.Area));
        if (size is < 0.5f or > 2f)
            return 0;
        var reach = options.MaximumDistance * 0.5f * (track.Height + seen.Height) + 2 * deviation;
        var dx = track.CentreX - seen.CentreX;
        var dy = track.CentreY - seen.CentreY;
        var distance = MathF.Sqrt(dx * dx + dy * dy);
        return distance < reach ? MathF.Max(float.Epsilon, 1 - distance / reach) : 0;
    }

    public void Offer(int track, int detection, float likeness)
    {
        if (likeness > 0 && _count < MaximumPairs)
            _pairs[_count++] = new Pair(track, detection, likeness);
    }

    /// <summary>Writes for each detection the track it belongs to, where it had none; −1 stays for no track.</summary>
    public void Solve(Span<int> trackOf, Span<bool> trackTaken)
    {
        var pairs = _pairs.AsSpan(0, _count);
        pairs.Sort(BestFirst);
        foreach (var pair in pairs)
        {
            if (trackOf[pair.Detection] >= 0 || trackTaken[pair.Track])
                continue;
            trackOf[pair.Detection] = pair.Track;
            trackTaken[pair.Track] = true;
        }

        _count = 0;
    }

    private readonly record struct Pair(int Track, int Detection, float Likeness);
}
