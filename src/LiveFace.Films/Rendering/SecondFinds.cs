using LiveFace.Films.Boxes;

namespace LiveFace.Films.Rendering;

/// <summary>What was still to be found in a redacted film, by picture.</summary>
public sealed class SecondFinds
{
    private readonly Dictionary<int, List<BoxFind>> _byPicture = [];
    private readonly HashSet<(int Picture, BoxFind Find)> _sure = [];

    /// <summary>How many finds there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them a look was sure of.</summary>
    public int Sure { get; private set; }

    /// <summary>Pictures of the written film that a model could not look at again.</summary>
    public int Unlooked { get; set; }

    /// <summary>The first pictures with a find that a look was sure of, for whoever is told that they are not clear.</summary>
    public IReadOnlyList<int> FirstSure => _firstSure;

    private const int MostNamed = 5;
    private readonly List<int> _firstSure = [];

    /// <summary>Adds one.</summary>
    public void Add(int picture, in BoxFind find, bool isSure)
    {
        (_byPicture.TryGetValue(picture, out var list) ? list : _byPicture[picture] = []).Add(find with { Second = true });
        Count++;
        if (!isSure)
            return;
        _sure.Add((picture, find with { Second = true }));
        Sure++;
        if (_firstSure.Count < MostNamed && (_firstSure.Count == 0 || _firstSure[^1] != picture))
            _firstSure.Add(picture);
    }

    /// <summary>Whether a look was sure of one.</summary>
    internal bool IsSure(int picture, in BoxFind find) => _sure.Contains((picture, find));

    /// <summary>Those in a picture.</summary>
    public IReadOnlyList<BoxFind> Of(int picture) => _byPicture.GetValueOrDefault(picture) ?? [];
}
