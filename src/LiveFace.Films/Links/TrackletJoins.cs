using LiveFace.Vision.Detection;

namespace LiveFace.Films.Links;

/// <summary>
/// Joins rows across gaps: the end of one and the beginning of another, where both, each at its own pace, meet in the middle
/// of the gap at about the same size. The best pairs go first, and each end is used once.
/// </summary>
internal static class TrackletJoins
{
    /// <summary>How far both may be from each other in the middle, in heights, and how much farther for each second of the gap.</summary>
    private const float Reach = 0.5f, ReachPerSecond = 0.75f;

    private const float LargestRatio = 1.6f;

    public static List<Tracklet> Join(FilmFinds film, List<Tracklet> rows, LinkOptions options)
    {
        // Rows that are nothing by themselves would lead astray.
        var joinable = rows.Where(row => row.Finds.Count >= 2).OrderBy(row => row.First.Picture).ToList();
        var scenes = Scenes(film);
        var pairs = new List<(float Distance, int Earlier, int Later)>();
        for (var a = 0; a < joinable.Count; a++)
        {
            var last = joinable[a].Last;
            for (var b = a + 1; b < joinable.Count; b++)
            {
                var first = joinable[b].First;
                if (first.Picture <= last.Picture || first.Model != last.Model || first.Class != last.Class || scenes[first.Picture] != scenes[last.Picture])
                    continue;
                var gap = film.SecondsBetween(last.Picture, first.Picture);
                if (gap <= options.LongestGap && DistanceOf(joinable[a], joinable[b], gap) is < 1 and var distance)
                    pairs.Add((distance + gap / options.LongestGap, a, b));
            }
        }

        pairs.Sort();
        var next = new int[joinable.Count];
        var isLater = new bool[joinable.Count];
        Array.Fill(next, -1);
        foreach (var (_, a, b) in pairs)
            if (next[a] < 0 && !isLater[b])
                (next[a], isLater[b]) = (b, true);
        var joined = rows.Where(row => row.Finds.Count < 2).ToList();
        for (var i = 0; i < joinable.Count; i++)
        {
            if (isLater[i])
                continue;
            for (var later = next[i]; later >= 0; later = next[later])
                joinable[i].Join(joinable[later]);
            joined.Add(joinable[i]);
        }

        return joined;
    }

    /// <summary>How far apart they are in the middle of the gap, as a part of what is allowed; 1 and more is too far.</summary>
    private static float DistanceOf(Tracklet earlier, Tracklet later, float gap)
    {
        var (a, b) = (earlier.Beyond(after: true, gap / 2), later.Beyond(after: false, gap / 2));
        var ratio = MathF.Sqrt(MathF.Max(1, a.Area) / MathF.Max(1, b.Area));
        if (ratio is < 1 / LargestRatio or > LargestRatio)
            return float.MaxValue;
        var reach = (Reach + ReachPerSecond * gap) * 0.5f * (a.Height + b.Height);
        return MathF.Max(MathF.Abs(a.CentreX - b.CentreX), MathF.Abs(a.CentreY - b.CentreY)) / reach;
    }

    private static int[] Scenes(FilmFinds film)
    {
        var scenes = new int[film.Pictures];
        for (var i = 1; i < scenes.Length; i++)
            scenes[i] = scenes[i - 1] + (film.IsCut(i) ? 1 : 0);
        return scenes;
    }
}
