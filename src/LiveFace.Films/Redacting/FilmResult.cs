using LiveFace.Films.Rendering;

namespace LiveFace.Films.Redacting;

/// <summary>What came of a film.</summary>
public sealed class FilmResult
{
    private readonly List<int> _found;

    /// <summary>A result of which nothing is known yet.</summary>
    public FilmResult()
        : this([])
    {
    }

    internal FilmResult(IEnumerable<int> foundBefore) => _found = [.. foundBefore];

    /// <summary>Pictures that were written.</summary>
    public long Pictures { get; private set; }

    /// <summary>Pictures that were covered, since no complete look at them is recorded.</summary>
    public long Covered { get; private set; }

    /// <summary>Tracks that are hidden.</summary>
    public int Tracks { get; private set; }

    /// <summary>How often the film was written and looked at.</summary>
    public int Rounds { get; private set; }

    /// <summary>What each look at the redacted film found.</summary>
    public IReadOnlyList<int> FoundAgain => _found;

    /// <summary>What the last of them was still sure of.</summary>
    public int Left { get; private set; }

    internal void Take(int round, RenderResult rendered, SecondFinds finds)
    {
        (Rounds, Pictures, Covered, Tracks, Left) = (round, rendered.Pictures, rendered.Unlooked, rendered.HiddenTracks, finds.Sure);
        _found.Add(finds.Count);
    }
}
