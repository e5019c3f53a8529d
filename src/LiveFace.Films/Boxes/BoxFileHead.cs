using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Boxes;

/// <summary>What a box file says before its pictures: of which film it is, who looked, and what was linked.</summary>
public sealed record BoxFileHead
{
    /// <summary>What the format calls itself.</summary>
    public const string Schema = "liveface/boxes";

    /// <summary>The version of files without readings; <see cref="BoxReadings.Version"/> has them.</summary>
    public const int Version = 1;

    /// <summary>The film.</summary>
    public required FilmFacts Film { get; init; }

    /// <summary>The models that looked; looks and finds name them by index.</summary>
    public required IReadOnlyList<BoxModel> Models { get; init; }

    /// <summary>What was asked to be read of faces.</summary>
    public FaceTraits Attributes { get; init; }

    /// <summary>What was linked over the whole film; null where that was not done yet.</summary>
    public IReadOnlyList<BoxTrack>? Tracks { get; init; }
}

/// <summary>What is known of the film that a box file is of.</summary>
/// <param name="Name">Its file's name, without folders.</param>
/// <param name="Bytes">Its length; null where it is not a file.</param>
/// <param name="Sha256">Its hash, in hexadecimal; null where it is not a file.</param>
/// <param name="Container">FFmpeg's names of its format.</param>
/// <param name="Codec">FFmpeg's name of its pictures' codec.</param>
/// <param name="Width">Pixels across, upright.</param>
/// <param name="Height">Pixels down, upright.</param>
/// <param name="FramesPerSecond">The mean; 0 where it is not known.</param>
/// <param name="Duration">How long it is, where it says so.</param>
public sealed record FilmFacts(
    string Name, long? Bytes, string? Sha256, string Container, string Codec, int Width, int Height, double FramesPerSecond, TimeSpan? Duration)
{
    /// <summary>The part that was looked at; all of it where neither end is named.</summary>
    public FilmPart Part { get; init; } = FilmPart.All;
}

/// <summary>Pictures of a film by their times: from the first on, and before the second.</summary>
public readonly record struct FilmPart(TimeSpan? From, TimeSpan? To)
{
    /// <summary>The whole film.</summary>
    public static FilmPart All { get; }

    /// <summary>Whether a picture of that time belongs to it.</summary>
    public bool Contains(TimeSpan time) => !(time < From) && !(time >= To);
}

/// <summary>A model that looked.</summary>
/// <param name="Name">The name by which policies call it.</param>
/// <param name="Id">Its id in the catalogue.</param>
/// <param name="Sha256">The hash of its file; null where it is not known.</param>
/// <param name="Labels">Names of its classes, by index.</param>
/// <param name="Score">The score that begins a track.</param>
/// <param name="HidesSmall">The score from which a find of one look is hidden where it is next to nothing of the picture.</param>
/// <param name="HidesLarge">The same where it is all of the picture.</param>
public sealed record BoxModel(
    string Name, string Id, string? Sha256, IReadOnlyList<string> Labels, float Score, float HidesSmall, float HidesLarge)
{
    /// <summary>Models that looked beside it, for the same things.</summary>
    public IReadOnlyList<BoxModelFile> Seconds { get; init; } = [];
}

/// <summary>A model's file.</summary>
/// <param name="Id">Its id in the catalogue.</param>
/// <param name="Sha256">The hash of its file; null where it is not known.</param>
public sealed record BoxModelFile(string Id, string? Sha256);
