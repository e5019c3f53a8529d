using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Boxes;

/// <summary>One picture in a box file; the object is used again from picture to picture.</summary>
public sealed class BoxPicture
{
    /// <summary>Which picture of the film, or of the part, from 0 on.</summary>
    public int Index { get; set; }

    /// <summary>Its time in the film.</summary>
    public TimeSpan At { get; set; }

    /// <summary>The picture's print (<see cref="PicturePrint"/>), by which a look counts for this very picture and no other.</summary>
    public ulong Print { get; set; }

    /// <summary>Whether another scene begins with it.</summary>
    public bool Cut { get; set; }

    /// <summary>The looks at it, at most one of each model.</summary>
    public IList<BoxLook> Looks { get; } = new List<BoxLook>();

    /// <summary>What was found in it.</summary>
    public IList<BoxFind> Found { get; } = new List<BoxFind>();

    /// <summary>Whether every model has looked at it whole and soundly.</summary>
    public bool IsLookedAt(int models)
    {
        for (var model = 0; model < models; model++)
            if (!Looks.Any(look => look.Model == model && look.IsSound))
                return false;
        return true;
    }

    /// <summary>Makes it another picture, of which nothing is known.</summary>
    public void Begin(int index, TimeSpan at, ulong print, bool cut)
    {
        (Index, At, Print, Cut) = (index, at, print, cut);
        Looks.Clear();
        Found.Clear();
    }

    /// <summary>Takes a copy.</summary>
    public void CopyFrom(BoxPicture other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Begin(other.Index, other.At, other.Print, other.Cut);
        foreach (var look in other.Looks)
            Looks.Add(look);
        foreach (var find in other.Found)
            Found.Add(find);
    }
}

/// <summary>A look of one model at a whole picture.</summary>
/// <param name="Model">The model, by its index in the head.</param>
/// <param name="SmallestFace">The smallest face that it finds, in pixels of the picture; 0 where it is no matter of size.</param>
/// <param name="Thorough">Whether it was exhaustive, or one pass.</param>
/// <param name="Strong">The score from which it was sure.</param>
/// <param name="Verdict">What became of it.</param>
public readonly record struct BoxLook(int Model, int SmallestFace, bool Thorough, float Strong, DetectionVerdict Verdict)
{
    /// <summary>Whether what it did not find is not there.</summary>
    public bool IsSound => Verdict == DetectionVerdict.Seen;
}

/// <summary>Something that a look found.</summary>
/// <param name="Model">The model, by its index in the head.</param>
/// <param name="Class">An index into the model's labels.</param>
/// <param name="Score">How sure it was.</param>
/// <param name="Box">Where, in pixels of the upright picture.</param>
/// <param name="Points">Eyes, nose and mouth corners, where the model gives them.</param>
/// <param name="Second">Whether a look at the redacted film found it, which the first had missed.</param>
public readonly record struct BoxFind(int Model, int Class, float Score, BoxF Box, FaceLandmarks? Points = null, bool Second = false)
{
    /// <summary>What was read of it; null where nothing was asked, and in most pictures.</summary>
    public FaceAttributes? Read { get; init; }
}
