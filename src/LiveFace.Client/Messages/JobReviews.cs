using System.Text.Json.Serialization;

namespace LiveFace.Client.Messages;

/// <summary>One that is followed through a film, as the edits leave it.</summary>
public sealed record JobTrack(int Id, string Model, string Class, double Score, double Doubt, int First, int Last, bool Kept)
{
    /// <summary>What was read of it; null where nothing was asked.</summary>
    public FaceAttributes? Attributes { get; init; }

    /// <summary>The picture of the first box, where boxes were asked for.</summary>
    public int? BoxesFrom { get; init; }

    /// <summary>A box for each picture from there on.</summary>
    public IReadOnlyList<TrackBox>? Boxes { get; init; }
}

/// <summary>Where a track is in one picture, in pixels; how much in doubt, 0 to 1; and where that comes from.</summary>
[JsonConverter(typeof(TrackBoxConverter))]
public readonly record struct TrackBox(double Left, double Top, double Right, double Bottom, double Doubt, string Origin);

/// <summary>The log of a review, the numbers of the edits that count, and what a drawn box can be.</summary>
public sealed record JobEdits(IReadOnlyList<JobEdit> Edits, IReadOnlyList<int> InForce, IReadOnlyList<DrawnKind> Kinds);

/// <summary>A class of a model of the film, by their numbers in its box file.</summary>
public sealed record DrawnKind(int Model, int Class, string Name);

/// <summary>
/// One edit of a review: exactly one of <see cref="Hide"/> to <see cref="Undo"/>. The first three members are the server's;
/// docs/reference/box-file.md describes the rest.
/// </summary>
public sealed record JobEdit
{
    /// <summary>Its number in the log, from 1 on.</summary>
    public int? Edit { get; init; }

    /// <summary>When it was said.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Who said it.</summary>
    public string? By { get; init; }

    /// <summary>Tracks that are hidden.</summary>
    public IReadOnlyList<int>? Hide { get; init; }

    /// <summary>Tracks that are shown as they are.</summary>
    public IReadOnlyList<int>? Keep { get; init; }

    /// <summary>Tracks that are shown; all others are hidden.</summary>
    public IReadOnlyList<int>? KeepOnly { get; init; }

    /// <summary>Two tracks that are one.</summary>
    public JoinEdit? Join { get; init; }

    /// <summary>One track that is two.</summary>
    public SplitEdit? Split { get; init; }

    /// <summary>A track that is not there in some pictures.</summary>
    public CutEdit? Cut { get; init; }

    /// <summary>Something that no look found, followed from one picture on.</summary>
    public BoxEdit? Box { get; init; }

    /// <summary>The same by several boxes.</summary>
    public KeyframesEdit? Keyframes { get; init; }

    /// <summary>Seconds of which no picture is shown.</summary>
    public TimeEdit? Cover { get; init; }

    /// <summary>Seconds without sound.</summary>
    public TimeEdit? Mute { get; init; }

    /// <summary>Seconds with a tone in the sound's place.</summary>
    public TimeEdit? Beep { get; init; }

    /// <summary>The number of an edit that is taken back.</summary>
    public int? Undo { get; init; }
}

/// <summary>Two tracks that are one, by the first number.</summary>
public sealed record JoinEdit(int Track, int With);

/// <summary>From a picture on it is another track; its number is the server's.</summary>
public sealed record SplitEdit(int Track, int At, int? As = null);

/// <summary>Out of these pictures, both included.</summary>
public sealed record CutEdit(int Track, int From, int To);

/// <summary>A box in one picture: left, top, right, bottom in pixels.</summary>
public sealed record BoxEdit(int Model, int Class, int Picture, IReadOnlyList<double> Box, int? As = null);

/// <summary>Boxes with what lies on the line between them.</summary>
public sealed record KeyframesEdit(int Model, int Class, IReadOnlyList<KeyframeBox> Boxes, int? As = null);

/// <summary>One of them: left, top, right, bottom in pixels.</summary>
public sealed record KeyframeBox(int Picture, IReadOnlyList<double> Box);

/// <summary>From one second of the film to another.</summary>
public sealed record TimeEdit(double From, double To);
