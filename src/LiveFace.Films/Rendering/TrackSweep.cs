using LiveFace.Films.Boxes;

namespace LiveFace.Films.Rendering;

/// <summary>Which tracks stand in a picture, for pictures that come in their order.</summary>
internal sealed class TrackSweep(IEnumerable<BoxTrack> tracks)
{
    private readonly BoxTrack[] _byFirst = [.. tracks.OrderBy(track => track.First)];
    private readonly List<BoxTrack> _standing = [];
    private readonly List<(BoxTrack Track, TrackBox Box)> _at = [];
    private int _next;

    public List<(BoxTrack Track, TrackBox Box)> At(int picture)
    {
        while (_next < _byFirst.Length && _byFirst[_next].First <= picture)
            _standing.Add(_byFirst[_next++]);
        _standing.RemoveAll(track => track.Last < picture);
        _at.Clear();
        foreach (var track in _standing)
            _at.Add((track, track[picture]));
        return _at;
    }
}
