using LiveFace.Films.Boxes;

namespace LiveFace.Films.Exchange;

/// <summary>
/// Tracks as other tools write them: boxes at some pictures, in any order. Between two of a track it lies on the line between
/// them, unless it was said to be away.
/// </summary>
internal sealed class KeyedTracks(BoxFileHead head, int pictures)
{
    private const int MostTracks = 1 << 20;

    private readonly SortedDictionary<(int Id, int Model, int Class), SortedDictionary<int, (BoxF Box, float Score, bool Away)>> _tracks = [];

    /// <summary>Adds a box; false where that label, picture or box cannot be.</summary>
    public bool TryAdd(int id, string? label, int picture, BoxF box, float score, bool away = false)
    {
        if (picture < 0 || picture >= pictures || !(box.Right > box.Left && box.Bottom > box.Top) || !IsNear(box) || !TryFind(label, out var model, out var @class))
            return false;
        var key = (id, model, @class);
        if (!_tracks.TryGetValue(key, out var boxes))
        {
            if (_tracks.Count == MostTracks)
                return false;
            _tracks[key] = boxes = [];
        }

        boxes[picture] = (box, Math.Clamp(score, 0, 1), away);
        return true;
    }

    /// <summary>The tracks, numbered anew from the given number on where a track has several pieces or an odd number.</summary>
    public List<BoxTrack> Build(int firstId)
    {
        var tracks = new List<BoxTrack>();
        foreach (var ((_, model, @class), boxes) in _tracks)
        {
            BoxTrack? track = null;
            foreach (var (picture, (box, score, away)) in boxes)
            {
                if (track is not null && picture > track.Last + 1)
                    Fill(track, picture, box);
                if (away)
                {
                    track = null;
                    continue;
                }

                if (track is null)
                    tracks.Add(track = new BoxTrack(firstId + tracks.Count, model, @class, picture));
                track.Add(new TrackBox(box, 0, BoxOrigin.Hand));
                track.Score = MathF.Max(track.Score, score);
            }
        }

        return tracks;
    }

    private static void Fill(BoxTrack track, int until, BoxF box)
    {
        var (from, last) = (track.Last, track[track.Last].Box);
        for (var at = from + 1; at < until; at++)
        {
            var part = (at - from) / (float)(until - from);
            track.Add(new TrackBox(
                new BoxF(
                    float.Lerp(last.Left, box.Left, part), float.Lerp(last.Top, box.Top, part),
                    float.Lerp(last.Right, box.Right, part), float.Lerp(last.Bottom, box.Bottom, part)), 0, BoxOrigin.Between));
        }
    }

    private bool TryFind(string? label, out int model, out int @class)
    {
        for (model = 0; model < head.Models.Count; model++)
        {
            var labels = head.Models[model].Labels;
            for (@class = 0; @class < labels.Count; @class++)
                if (label is null || string.Equals(labels[@class], label, StringComparison.OrdinalIgnoreCase))
                    return true;
        }

        (model, @class) = (0, 0);
        return false;
    }

    private static bool IsNear(BoxF box) =>
        box.Left >= -BoxPieces.MostCoordinate && box.Top >= -BoxPieces.MostCoordinate && box.Right <= BoxPieces.MostCoordinate && box.Bottom <= BoxPieces.MostCoordinate;
}
