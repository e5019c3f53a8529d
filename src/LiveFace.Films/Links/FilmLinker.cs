using LiveFace.Films.Boxes;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Links;

/// <summary>
/// Makes tracks out of a film's finds, over the whole film at once: <see cref="RowRule"/> says which rows of finds are tracks. Between
/// two finds a box lies on the line between them, in doubt by how far away both are.
/// </summary>
public static class FilmLinker
{
    /// <summary>By how much of its size a box between two finds may be off, for each second to the nearer one.</summary>
    private const float DoubtPerSecond = 0.6f;

    private const float MostDoubtBetween = 0.4f;

    /// <summary>The tracks, by their first picture, numbered from the given number on.</summary>
    public static IReadOnlyList<BoxTrack> Link(FilmFinds film, LinkOptions? options = null, int firstId = 1)
    {
        ArgumentNullException.ThrowIfNull(film);
        options ??= new LinkOptions();
        var rows = TrackletJoins.Join(film, new TrackletBuilder(film, options).Build(), options);
        var tracks = new List<BoxTrack>();
        foreach (var row in rows.SelectMany(row => RowRule.Standing(film, row)).OrderBy(row => row.First.Picture).ThenBy(row => row.First.Box.Left).ThenBy(row => row.First.Box.Top))
            tracks.Add(TrackOf(film, row, firstId + tracks.Count, options));
        return tracks;
    }

    private static BoxTrack TrackOf(FilmFinds film, Tracklet row, int id, LinkOptions options)
    {
        var track = new BoxTrack(id, row.First.Model, row.First.Class, row.First.Picture) { IsFollowed = RowRule.IsFollowed(film, row, options) };
        var (score, sum) = (0f, 0f);
        var before = row.First;
        foreach (var index in row.Finds)
        {
            ref readonly var find = ref film.All[index];
            for (var picture = before.Picture + 1; picture < find.Picture; picture++)
                track.Add(Between(film, before, find, picture));
            track.Add(new TrackBox(find.Box, 0, BoxOrigin.Seen));
            (score, sum, before) = (MathF.Max(score, find.Score), sum + find.Score, find);
        }

        track.Read = TrackReadings.Of(film, row);
        track.Score = score;
        track.Doubt = Math.Clamp(1 - sum / (row.Last.Picture - row.First.Picture + 1), 0, 1);
        return track;
    }

    private static TrackBox Between(FilmFinds film, in Find before, in Find after, int picture)
    {
        var (since, until) = (film.SecondsBetween(before.Picture, picture), film.SecondsBetween(picture, after.Picture));
        var part = since / (since + until);
        var (a, b) = (before.Box, after.Box);
        var box = new BoxF(
            float.Lerp(a.Left, b.Left, part), float.Lerp(a.Top, b.Top, part), float.Lerp(a.Right, b.Right, part), float.Lerp(a.Bottom, b.Bottom, part));
        return new TrackBox(box, MathF.Min(MostDoubtBetween, DoubtPerSecond * MathF.Min(since, until)), BoxOrigin.Between);
    }
}
