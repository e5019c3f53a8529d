using LiveFace.Films.Boxes;
using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Films.Links;

/// <summary>
/// Follows tracks through the pictures where no look found them: on from the last find and back from the first, and across
/// gaps from both sides. The film goes by once; as many of its pictures are kept as lie in the time that things are followed
/// for. It stops where the picture no longer shows the thing, at a cut, and where another track stands already.
/// </summary>
public sealed class TrackCarrier
{
    /// <summary>Pictures kept, at most: memory is bounded whatever the frame rate.</summary>
    private const int MostKept = 48;

    /// <summary>What is lost at once may have moved fast: it is hidden where it was for so many pictures, in this doubt for each.</summary>
    private const int LostPictures = 2;
    private const float DoubtOfLost = 0.3f;

    /// <summary>From this overlap on, two tracks are at the same thing.</summary>
    private const float SameThing = 0.4f;

    private readonly FilmFinds _film;
    private readonly LinkOptions _options;
    private readonly FramePicture[] _kept = [.. Enumerable.Range(0, MostKept).Select(_ => new FramePicture())];
    private readonly List<Following> _following = [];
    private readonly Dictionary<int, List<BoxTrack>> _beginAt = [];
    private readonly Dictionary<int, List<BoxTrack>> _endAt = [];
    private readonly Dictionary<int, List<(BoxTrack Track, int From)>> _gapsTo = [];
    private readonly List<BoxTrack> _standing = [];
    private int _next;
    private int _scene;
    private int _width;
    private int _height;

    /// <summary>Makes it ready for tracks, which it adds to as the pictures go by.</summary>
    public TrackCarrier(FilmFinds film, IReadOnlyList<BoxTrack> tracks, LinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tracks);
        _film = film;
        _options = options ?? new LinkOptions();
        foreach (var track in tracks)
        {
            AddGaps(track);
            ListAt(_beginAt, track.First).Add(track);
            if (IsFollowed(track))
                ListAt(_endAt, track.Last).Add(track);
        }
    }

    /// <summary>Takes the next picture, which nobody has changed yet.</summary>
    public void Take(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var now = _next++;
        (_width, _height) = (frame.Width, frame.Height);
        _scene = now > 0 && _film.IsCut(now) ? now : _scene;
        var picture = Kept(now);
        picture.Read(frame);
        _standing.RemoveAll(track => track.Last < now - MostKept);
        foreach (var track in ListOrNone(_beginAt, now))
            _standing.Add(track);
        if (_scene == now)
            _following.Clear();
        for (var i = _following.Count - 1; i >= 0; i--)
            if (!GoOn(_following[i], now))
                _following.RemoveAt(i);
        foreach (var track in ListOrNone(_beginAt, now))
            if (IsFollowed(track))
                GoBack(track, now);
        foreach (var (track, from) in ListOrNone(_gapsTo, now))
            FillGap(track, from, now);
        foreach (var track in ListOrNone(_endAt, now))
            _following.Add(new Following(track));
        _beginAt.Remove(now);
        _endAt.Remove(now);
        _gapsTo.Remove(now);
    }

    private bool GoOn(Following one, int now)
    {
        var track = one.Track;
        if (_film.SecondsBetween(one.From, now) > _options.LongestCarry)
            return false;
        var last = track[now - 1].Box;
        if (one.Lost > 0 || !Kept(now - 1).TryFindIn(Kept(now), last, one.X, one.Y, out var moved))
            return Lose(one);
        var box = last.Move(moved.X, moved.Y);
        if (IsOutside(box) || IsTaken(track, box, now))
            return false;
        (one.X, one.Y, one.Variance) = (moved.X, moved.Y, one.Variance + moved.Doubt * moved.Doubt);
        track.Add(new TrackBox(box, MathF.Min(TrackBox.MostDoubt, MathF.Sqrt(one.Variance)), BoxOrigin.Carried));
        return true;
    }

    /// <summary>It is not found any more; where nothing was followed yet it stays for a moment where it was.</summary>
    private static bool Lose(Following one)
    {
        if (one.Track.Last - one.From >= LostPictures || ++one.Lost > LostPictures)
            return false;
        var last = one.Track[one.Track.Last];
        one.Track.Add(last with { Doubt = MathF.Min(TrackBox.MostDoubt, last.Doubt + DoubtOfLost), Origin = BoxOrigin.Carried });
        return true;
    }

    private void GoBack(BoxTrack track, int now)
    {
        var before = new List<TrackBox>();
        var (box, x, y, variance) = (track[now].Box, 0f, 0f, 0f);
        for (var at = now - 1; at >= Math.Max(_scene, now - MostKept + 1) && _film.SecondsBetween(at, now) <= _options.LongestCarry; at--)
        {
            if (!Kept(at + 1).TryFindIn(Kept(at), box, x, y, out var moved))
            {
                for (var lost = before.Count; lost < LostPictures && at >= _scene; lost++, at--)
                    before.Add(new TrackBox(box, MathF.Min(TrackBox.MostDoubt, MathF.Sqrt(variance) + DoubtOfLost * (lost + 1)), BoxOrigin.Carried));
                break;
            }

            box = box.Move(moved.X, moved.Y);
            if (IsOutside(box) || IsTaken(track, box, at))
                break;
            (x, y, variance) = (moved.X, moved.Y, variance + moved.Doubt * moved.Doubt);
            before.Add(new TrackBox(box, MathF.Min(TrackBox.MostDoubt, MathF.Sqrt(variance)), BoxOrigin.Carried));
        }

        track.AddBefore(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(before));
    }

    /// <summary>
    /// Follows into a gap from both its sides. Where both ways come to the same place, that is where it is; where only one
    /// does, that one counts, and where none does, the line between stays.
    /// </summary>
    private void FillGap(BoxTrack track, int from, int to)
    {
        if (to - from >= MostKept || from < _scene)
            return;
        var forward = Follow(track[from].Box, from, to, 1);
        var back = Follow(track[to].Box, to, from, -1);
        for (var at = from + 1; at < to; at++)
        {
            var a = at - from - 1 < forward.Count ? forward[at - from - 1] : (TrackBox?)null;
            var b = to - at - 1 < back.Count ? back[to - at - 1] : (TrackBox?)null;
            track[at] = (a, b) switch
            {
                ({ } one, { } other) => Mean(one, other),
                ({ } one, null) => one,
                (null, { } other) => other,
                _ => track[at],
            };
        }
    }

    private List<TrackBox> Follow(BoxF box, int from, int to, int step)
    {
        var path = new List<TrackBox>();
        var (x, y, variance) = (0f, 0f, 0f);
        for (var at = from; at + step != to; at += step)
        {
            if (!Kept(at).TryFindIn(Kept(at + step), box, x, y, out var moved))
                break;
            box = box.Move(moved.X, moved.Y);
            (x, y, variance) = (moved.X, moved.Y, variance + moved.Doubt * moved.Doubt);
            path.Add(new TrackBox(box, MathF.Min(TrackBox.MostDoubt, MathF.Sqrt(variance)), BoxOrigin.Between));
        }

        return path;
    }

    /// <summary>By how little each is in doubt; what they disagree on is doubt, too.</summary>
    private static TrackBox Mean(in TrackBox a, in TrackBox b)
    {
        var part = a.Doubt / MathF.Max(1e-6f, a.Doubt + b.Doubt);
        var box = new BoxF(
            float.Lerp(a.Box.Left, b.Box.Left, part), float.Lerp(a.Box.Top, b.Box.Top, part),
            float.Lerp(a.Box.Right, b.Box.Right, part), float.Lerp(a.Box.Bottom, b.Box.Bottom, part));
        var apart = MathF.Max(MathF.Abs(a.Box.CentreX - b.Box.CentreX) / MathF.Max(1, box.Width), MathF.Abs(a.Box.CentreY - b.Box.CentreY) / MathF.Max(1, box.Height));
        return new TrackBox(box, MathF.Min(TrackBox.MostDoubt, MathF.Min(a.Doubt, b.Doubt) + 0.5f * apart), BoxOrigin.Between);
    }

    private FramePicture Kept(int picture) => _kept[picture % MostKept];

    private bool IsTaken(BoxTrack track, BoxF box, int picture)
    {
        foreach (var other in _standing)
            if (other != track && other.Model == track.Model && other.Has(picture) && other[picture].Origin == BoxOrigin.Seen &&
                other[picture].Box.IntersectionOverUnion(box) >= SameThing)
                return true;
        return false;
    }

    private bool IsOutside(BoxF box) => box.CentreX < 0 || box.CentreY < 0 || box.CentreX > _width || box.CentreY > _height;

    private void AddGaps(BoxTrack track)
    {
        var seen = track.First;
        for (var at = track.First + 1; at <= track.Last; at++)
        {
            if (track[at].Origin == BoxOrigin.Between)
                continue;
            if (at - seen > 1)
                (_gapsTo.TryGetValue(at, out var list) ? list : _gapsTo[at] = []).Add((track, seen));
            seen = at;
        }
    }

    private static bool IsFollowed(BoxTrack track) => track.IsFollowed || track[track.First].Origin == BoxOrigin.Hand;

    private static List<BoxTrack> ListAt(Dictionary<int, List<BoxTrack>> lists, int picture) =>
        lists.TryGetValue(picture, out var list) ? list : lists[picture] = [];

    private static List<T> ListOrNone<T>(Dictionary<int, List<T>> lists, int picture) => lists.GetValueOrDefault(picture) ?? [];

    private sealed class Following(BoxTrack track)
    {
        public BoxTrack Track => track;

        public int From { get; } = track.Last;

        public float X { get; set; }

        public float Y { get; set; }

        public float Variance { get; set; }

        public int Lost { get; set; }
    }
}
