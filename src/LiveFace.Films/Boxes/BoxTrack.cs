using System.Runtime.InteropServices;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Boxes;

/// <summary>How a track came to its box in a picture.</summary>
public enum BoxOrigin
{
    /// <summary>A look found it there.</summary>
    Seen,

    /// <summary>It lies between two finds.</summary>
    Between,

    /// <summary>It was followed from the first find back, or from the last one on.</summary>
    Carried,

    /// <summary>Somebody put it there by hand.</summary>
    Hand,
}

/// <summary>A track's box in one picture. <paramref name="Doubt"/> is the part of the box's size that it may be off on each side.</summary>
public readonly record struct TrackBox(BoxF Box, float Doubt, BoxOrigin Origin)
{
    /// <summary>The most that doubt widens a box on each side.</summary>
    public const float MostDoubt = 1;

    /// <summary>What has to be hidden: the box, widened by its doubt.</summary>
    public BoxF Cover => Box.Grow(MathF.Min(Doubt, MostDoubt));
}

/// <summary>
/// One thing followed through the film: a box in each picture from its first to its last. Tracks belong to one thread at a time.
/// </summary>
public sealed class BoxTrack
{
    private readonly List<TrackBox> _boxes = [];

    /// <summary>A track whose first box will be in that picture.</summary>
    public BoxTrack(int id, int model, int @class, int first) => (Id, Model, Class, First) = (id, model, @class, first);

    /// <summary>Its number in the film, from 1 on.</summary>
    public int Id { get; }

    /// <summary>The model that finds it, by its index in the head.</summary>
    public int Model { get; }

    /// <summary>An index into the model's labels.</summary>
    public int Class { get; }

    /// <summary>The best score that it was found with.</summary>
    public float Score { get; set; }

    /// <summary>
    /// One less its support, the mean score over the pictures between its first find and its last, those in which it was not
    /// found as zero: 0 for what every look was certain of.
    /// </summary>
    public float Doubt { get; set; }

    /// <summary>What the readings of its finds say together; null where there are none.</summary>
    public FaceAttributes? Read { get; set; }

    /// <summary>Whether it is followed through the pictures beyond its finds when it is linked; box files do not hold it.</summary>
    internal bool IsFollowed { get; init; }

    /// <summary>The first picture.</summary>
    public int First { get; private set; }

    /// <summary>The last picture.</summary>
    public int Last => First + _boxes.Count - 1;

    /// <summary>Its boxes, one for each picture from the first on.</summary>
    public ReadOnlySpan<TrackBox> Boxes => CollectionsMarshal.AsSpan(_boxes);

    /// <summary>Whether it stands in a picture.</summary>
    public bool Has(int picture) => picture >= First && picture <= Last;

    /// <summary>Its box in a picture in which it stands.</summary>
    public TrackBox this[int picture]
    {
        get => _boxes[picture - First];
        set => _boxes[picture - First] = value;
    }

    /// <summary>Adds a box in the picture behind its last.</summary>
    public void Add(in TrackBox box) => _boxes.Add(box);

    /// <summary>Adds boxes before its first; the nearest comes first.</summary>
    public void AddBefore(ReadOnlySpan<TrackBox> nearestFirst)
    {
        First -= nearestFirst.Length;
        var before = nearestFirst.ToArray();
        Array.Reverse(before);
        _boxes.InsertRange(0, before);
    }
}
