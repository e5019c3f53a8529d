using LiveFace.Vision.Detection;

namespace LiveFace.Films.Links;

/// <summary>
/// Which rows of finds are tracks. A row is one when a find of it would be hidden by itself and its support, the mean score over its
/// pictures, those without a find as zero, reaches a part of the bar of its finds: the more, the larger it is in the picture, since a
/// large mask that hides nobody costs the most, and small faces are what looks miss. Of any other row each find that is hidden by itself is
/// one, in its picture alone.
/// </summary>
internal static class RowRule
{
    /// <summary>The part of the bar for what is next to nothing of the picture, and from <see cref="LargeSide"/> on.</summary>
    private const float SmallPart = 0.4f, LargePart = 0.9f;

    /// <summary>From this size on a row is large; sizes are sides, the square root of the part of the picture.</summary>
    private const float LargeSide = 0.3f;

    /// <summary>What has this support is a track whatever its size.</summary>
    private const float EnoughSupport = 0.8f;

    /// <summary>Up to this size a thorough look's lone find is followed through the pictures like a row.</summary>
    private const float FollowedSide = 0.06f;

    /// <summary>The row itself, or the finds of it that are tracks by themselves.</summary>
    public static IEnumerable<Tracklet> Standing(FilmFinds film, Tracklet row)
    {
        var (score, bar, hides) = (0f, 0f, false);
        foreach (var index in row.Finds)
        {
            ref readonly var find = ref film.All[index];
            (score, bar, hides) = (score + find.Score, bar + find.Bar, hides | find.Hides);
        }

        if (!hides)
            yield break;
        var part = float.Lerp(SmallPart, LargePart, MathF.Min(1, SideOf(film, row) / LargeSide));
        if (score / (row.Last.Picture - row.First.Picture + 1) >= MathF.Min(EnoughSupport, part * bar / row.Finds.Count))
        {
            yield return row;
            yield break;
        }

        foreach (var index in row.Finds)
        {
            if (!film.All[index].Hides)
                continue;
            var lone = new Tracklet(film);
            lone.Add(index);
            yield return lone;
        }
    }

    /// <summary>Whether a track is followed through the pictures before its first find and behind its last.</summary>
    public static bool IsFollowed(FilmFinds film, Tracklet row, LinkOptions options) =>
        row.Finds.Count >= options.LeastFinds || (IsConfirmed(film, row) && SideOf(film, row) <= FollowedSide);

    private static float SideOf(FilmFinds film, Tracklet row)
    {
        var side = 0f;
        foreach (var index in row.Finds)
            side += film.SideOf(film.All[index].Box);
        return side / row.Finds.Count;
    }

    private static bool IsConfirmed(FilmFinds film, Tracklet row)
    {
        foreach (var index in row.Finds)
            if (film.All[index].IsConfirmed)
                return true;
        return false;
    }
}
