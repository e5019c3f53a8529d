using LiveFace.Vision.Detection;

namespace LiveFace.Films.Links;

/// <summary>A row of finds of one thing, in the order of the pictures.</summary>
internal sealed class Tracklet(FilmFinds film)
{
    /// <summary>So many finds at an end say how fast it moves there.</summary>
    private const int Paced = 5;

    private readonly List<int> _finds = [];

    public IReadOnlyList<int> Finds => _finds;

    public ref readonly Find First => ref film.All[_finds[0]];

    public ref readonly Find Last => ref film.All[_finds[^1]];

    public void Add(int find) => _finds.Add(find);

    public void AddBefore(List<int> nearestFirst)
    {
        nearestFirst.Reverse();
        _finds.InsertRange(0, nearestFirst);
    }

    /// <summary>Takes over the finds of one that is later than all of its own.</summary>
    public void Join(Tracklet later) => _finds.AddRange(later._finds);

    /// <summary>Where it is so many seconds after its last find, or before its first, if it keeps its pace.</summary>
    public BoxF Beyond(bool after, float seconds)
    {
        var end = after ? Last.Box : First.Box;
        var other = after ? film.All[_finds[Math.Max(0, _finds.Count - Paced)]] : film.All[_finds[Math.Min(_finds.Count - 1, Paced - 1)]];
        var picture = after ? Last.Picture : First.Picture;
        var between = MathF.Abs(film.SecondsBetween(Math.Min(other.Picture, picture), Math.Max(other.Picture, picture)));
        if (between <= 0)
            return end;
        // The longer it is not seen, the less is its pace believed.
        var part = MathF.Min(seconds, 0.5f) / between;
        return end.Move((end.CentreX - other.Box.CentreX) * part, (end.CentreY - other.Box.CentreY) * part);
    }
}
