namespace LiveFace.Films.Detection;

/// <summary>How thoroughly a film is looked at.</summary>
public sealed record DetectionOptions
{
    /// <summary>Pictures between two that are looked at exhaustively; those between are looked at in one pass each. One is each picture.</summary>
    public int ThoroughEvery { get; init; } = 50;

    /// <summary>Whether the first picture of each scene is looked at exhaustively, too.</summary>
    public bool ThoroughAtCuts { get; init; } = true;

    /// <summary>
    /// The smallest face that a look at each picture has to find, in pixels of the picture; null is what policies promise
    /// where they do not say.
    /// </summary>
    public int? SmallestFace { get; init; }

    /// <summary>
    /// How a film that was written is looked at again: in one pass a picture. Where each picture of the film was looked at
    /// exhaustively, each of these is as well.
    /// </summary>
    public DetectionOptions Again() => ThoroughEvery == 1 ? this : this with { ThoroughEvery = int.MaxValue, ThoroughAtCuts = false };

    /// <summary>How many pictures are looked at beside each other.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>The part of the film.</summary>
    public Boxes.FilmPart Part { get; init; } = Boxes.FilmPart.All;
}

/// <summary>What is being done with a film.</summary>
public enum FilmStage
{
    /// <summary>Its pictures are looked at.</summary>
    Detect,

    /// <summary>What was found is linked and followed through the pictures.</summary>
    Link,

    /// <summary>It is redacted and written.</summary>
    Render,

    /// <summary>What was written is looked at again.</summary>
    Check,
}

/// <summary>How far a film is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Round">Which time, from 1 on.</param>
/// <param name="Pictures">Pictures that this stage is done with.</param>
/// <param name="Total">How many there are, as far as the file says.</param>
/// <param name="Found">Things found so far by this stage; for rendering, tracks that are hidden.</param>
public readonly record struct FilmProgress(FilmStage Stage, int Round, long Pictures, long? Total, long Found);
