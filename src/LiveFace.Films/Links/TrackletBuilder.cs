using LiveFace.Vision.Detection;

namespace LiveFace.Films.Links;

/// <summary>
/// Makes rows of finds. Forward through the film, what looks were sure of begins a row; then, in both directions, the finds
/// that nobody was sure of go to the rows that they fit, and what is left makes rows of its own.
/// </summary>
internal sealed class TrackletBuilder(FilmFinds film, LinkOptions options)
{
    private readonly bool[] _taken = new bool[film.All.Length];
    private readonly List<Tracklet> _open = [];
    private readonly List<Tracklet> _all = [];
    private readonly List<(float Likeness, int Row, int Find)> _pairs = [];

    public List<Tracklet> Build()
    {
        Forward(weakBegin: false);
        foreach (var row in _all)
            ExtendBack(row);
        Forward(weakBegin: true);
        return _all;
    }

    /// <summary>Goes through the film once with what is left.</summary>
    private void Forward(bool weakBegin)
    {
        _open.Clear();
        for (var picture = 0; picture < film.Pictures; picture++)
        {
            if (film.IsCut(picture))
                _open.Clear();
            var now = picture;
            _open.RemoveAll(row => film.SecondsBetween(row.Last.Picture, now) > options.LongestStep);
            if (!weakBegin)
                Match(picture, strongOnly: true);
            Match(picture, strongOnly: false);
            var (from, to) = film.Of(picture);
            for (var find = from; find < to; find++)
            {
                if (_taken[find] || !(weakBegin || film.All[find].IsStrong))
                    continue;
                _taken[find] = true;
                var row = new Tracklet(film);
                row.Add(find);
                _all.Add(row);
                _open.Add(row);
            }
        }
    }

    private void Match(int picture, bool strongOnly)
    {
        var (from, to) = film.Of(picture);
        _pairs.Clear();
        for (var i = 0; i < _open.Count; i++)
        {
            ref readonly var last = ref _open[i].Last;
            if (last.Picture == picture)
                continue;
            var seconds = film.SecondsBetween(last.Picture, picture);
            var expected = _open[i].Beyond(after: true, seconds);
            for (var find = from; find < to; find++)
            {
                ref readonly var item = ref film.All[find];
                if (!_taken[find] && (item.IsStrong || !strongOnly) && item.Model == last.Model && item.Class == last.Class &&
                    Nearness.Of(expected, item.Box, seconds) is > 0 and var likeness)
                    _pairs.Add((likeness, i, find));
            }
        }

        _pairs.Sort(static (a, b) => b.Likeness != a.Likeness ? b.Likeness.CompareTo(a.Likeness) : (a.Row, a.Find).CompareTo((b.Row, b.Find)));
        foreach (var (_, row, find) in _pairs)
        {
            if (_taken[find] || _open[row].Last.Picture == picture)
                continue;
            _taken[find] = true;
            _open[row].Add(find);
        }
    }

    /// <summary>Goes back from the first find of a row, over what no look was sure of.</summary>
    private void ExtendBack(Tracklet row)
    {
        var before = new List<int>();
        var (at, box) = (row.First.Picture, row.First.Box);
        for (var picture = at - 1; picture >= 0 && !film.IsCut(picture + 1); picture--)
        {
            var seconds = film.SecondsBetween(picture, at);
            if (seconds > options.LongestStep)
                break;
            var expected = before.Count == 0 ? row.Beyond(after: false, seconds) : box;
            var best = Best(picture, row.First, expected, seconds);
            if (best < 0)
                continue;
            _taken[best] = true;
            before.Add(best);
            (at, box) = (picture, film.All[best].Box);
        }

        row.AddBefore(before);
    }

    private int Best(int picture, in Find like, BoxF expected, float seconds)
    {
        var (from, to) = film.Of(picture);
        var (best, most) = (-1, 0f);
        for (var find = from; find < to; find++)
        {
            ref readonly var item = ref film.All[find];
            if (_taken[find] || item.Model != like.Model || item.Class != like.Class)
                continue;
            var likeness = Nearness.Of(expected, item.Box, seconds);
            if (likeness > most)
                (best, most) = (find, likeness);
        }

        return best;
    }
}
