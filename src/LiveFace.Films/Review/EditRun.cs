using LiveFace.Films.Boxes;

namespace LiveFace.Films.Review;

/// <summary>
/// Applies the edits of a log, in their order, to copies of a film's tracks. What an edit cannot be applied to is an error that
/// names the edit: half of a review is none.
/// </summary>
internal sealed class EditRun
{
    private readonly SortedDictionary<int, List<BoxTrack>> _tracks = [];
    private readonly HashSet<int> _kept = [];
    private readonly List<TimeRange> _covers = [];
    private readonly List<HiddenSound> _sounds = [];
    private readonly int _pictures;
    private int _lastId;

    /// <summary>Starts with a box file's tracks.</summary>
    public EditRun(IReadOnlyList<BoxTrack> tracks, int pictures)
    {
        _pictures = pictures;
        foreach (var track in tracks)
        {
            _tracks[track.Id] = [track];
            _lastId = Math.Max(_lastId, track.Id);
        }
    }

    /// <summary>Applies one edit.</summary>
    /// <exception cref="FileRedactionException">It cannot be applied.</exception>
    public void Apply(FilmEdit edit)
    {
        switch (edit)
        {
            case HideTracks hide:
                hide.Tracks.ToList().ForEach(Hide);
                break;
            case KeepTracks keep:
                keep.Tracks.ToList().ForEach(Keep);
                break;
            case KeepOnly only:
                _kept.Clear();
                only.Tracks.ToList().ForEach(Keep);
                break;
            case JoinTracks join:
                Join(join);
                break;
            case SplitTrack split:
                Split(split);
                break;
            case CutTrack cut:
                Cut(cut);
                break;
            case AddBox add:
                Add(add.NewTrack, add.Model, add.Class, [new KeyBox(add.Picture, add.Box)]);
                break;
            case AddKeyframes add:
                Add(add.NewTrack, add.Model, add.Class, add.Boxes);
                break;
            case CoverTime cover:
                _covers.Add(cover.Time);
                break;
            case HideSound sound:
                _sounds.Add(new HiddenSound(sound.Time, sound.How));
                break;
            default:
                throw new FileRedactionException($"An edit of the kind {edit.GetType().Name} cannot be applied.");
        }
    }

    /// <summary>What comes of all of them.</summary>
    public ReviewedTracks Finish()
    {
        // A track that was cut in the middle is several in a row of the same number.
        var all = _tracks.Values.SelectMany(pieces => pieces).OrderBy(track => track.First).ThenBy(track => track.Id).ToList();
        return new ReviewedTracks(all, _kept, _covers, _sounds, _lastId);
    }

    private void Hide(int track)
    {
        Find(track);
        _kept.Remove(track);
    }

    private void Keep(int track)
    {
        Find(track);
        _kept.Add(track);
    }

    private List<BoxTrack> Find(int id) =>
        _tracks.TryGetValue(id, out var pieces) ? pieces : throw new FileRedactionException($"There is no track {id}.");

    private void Join(JoinTracks join)
    {
        var (pieces, others) = (Find(join.Track), Find(join.Other));
        if (join.Track == join.Other)
            throw new FileRedactionException($"Track {join.Track} is one with itself already.");
        if (pieces[0].Model != others[0].Model || pieces[0].Class != others[0].Class)
            throw new FileRedactionException($"Tracks {join.Track} and {join.Other} are of different kinds.");
        foreach (var piece in others)
            pieces.Add(Copy(piece, join.Track, piece.First, piece.Last));
        _tracks.Remove(join.Other);
        // Hidden and shown do not join to shown.
        if (!_kept.Contains(join.Other))
            _kept.Remove(join.Track);
        _kept.Remove(join.Other);
        pieces.Sort((a, b) => a.First.CompareTo(b.First));
    }

    private void Split(SplitTrack split)
    {
        var pieces = Find(split.Track);
        New(split.NewTrack);
        var (before, after) = (new List<BoxTrack>(), new List<BoxTrack>());
        foreach (var piece in pieces)
        {
            if (piece.First < split.Picture)
                before.Add(Copy(piece, piece.Id, piece.First, Math.Min(piece.Last, split.Picture - 1)));
            if (piece.Last >= split.Picture)
                after.Add(Copy(piece, split.NewTrack, Math.Max(piece.First, split.Picture), piece.Last));
        }

        if (before.Count == 0 || after.Count == 0)
            throw new FileRedactionException($"Track {split.Track} does not go on both sides of picture {split.Picture}.");
        _tracks[split.Track] = before;
        _tracks[split.NewTrack] = after;
        if (_kept.Contains(split.Track))
            _kept.Add(split.NewTrack);
    }

    private void Cut(CutTrack cut)
    {
        var left = new List<BoxTrack>();
        var any = false;
        foreach (var piece in Find(cut.Track))
        {
            any |= piece.First <= cut.To && piece.Last >= cut.From;
            if (piece.First < cut.From)
                left.Add(Copy(piece, piece.Id, piece.First, Math.Min(piece.Last, cut.From - 1)));
            if (piece.Last > cut.To)
                left.Add(Copy(piece, piece.Id, Math.Max(piece.First, cut.To + 1), piece.Last));
        }

        if (!any)
            throw new FileRedactionException($"Track {cut.Track} is in none of the pictures {cut.From} to {cut.To}.");
        _tracks[cut.Track] = left;
    }

    private void Add(int id, int model, int @class, IReadOnlyList<KeyBox> boxes)
    {
        New(id);
        if (boxes.Count == 0)
            throw new FileRedactionException("A track that is added by hand needs a box.");
        var track = new BoxTrack(id, model, @class, boxes[0].Picture) { Score = 1 };
        for (var i = 0; i < boxes.Count; i++)
        {
            var (picture, box) = boxes[i];
            if (picture < 0 || picture >= _pictures)
                throw new FileRedactionException($"There is no picture {picture}; the film has {_pictures}, from 0 on.");
            if (i > 0 && picture <= boxes[i - 1].Picture)
                throw new FileRedactionException("Boxes are given in the order of their pictures.");
            for (var at = track.Last + 1; i > 0 && at < picture; at++)
                track.Add(new TrackBox(Lerp(boxes[i - 1], boxes[i], at), 0, BoxOrigin.Between));
            track.Add(new TrackBox(box, 0, BoxOrigin.Hand));
        }

        _tracks[id] = [track];
    }

    private void New(int id)
    {
        if (_tracks.ContainsKey(id))
            throw new FileRedactionException($"There is a track {id} already.");
        _lastId = Math.Max(_lastId, id);
    }

    private static BoxF Lerp(KeyBox a, KeyBox b, int at)
    {
        var part = (at - a.Picture) / (float)(b.Picture - a.Picture);
        return new(
            float.Lerp(a.Box.Left, b.Box.Left, part), float.Lerp(a.Box.Top, b.Box.Top, part),
            float.Lerp(a.Box.Right, b.Box.Right, part), float.Lerp(a.Box.Bottom, b.Box.Bottom, part));
    }

    private static BoxTrack Copy(BoxTrack from, int id, int first, int last)
    {
        var copy = new BoxTrack(id, from.Model, from.Class, first) { Score = from.Score, Doubt = from.Doubt, Read = from.Read };
        for (var at = first; at <= last; at++)
            copy.Add(from[at]);
        return copy;
    }
}
