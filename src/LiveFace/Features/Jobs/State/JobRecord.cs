using LiveFace.Films.Detection;
using LiveFace.Storage;
using LiveFace.Vision.Attributes;

namespace LiveFace.Features.Jobs.State;

internal enum JobState
{
    /// <summary>Its file is not whole yet.</summary>
    Uploading,
    Queued,
    Running,
    Paused,

    /// <summary>Waits to be reviewed and written.</summary>
    Review,
    Done,
    Failed,
}

internal enum JobKind
{
    Film,
    Picture,
}

/// <summary>A job as the database keeps it.</summary>
internal sealed record JobRecord
{
    public required string Id { get; init; }

    /// <summary>The key at the root of what made it, whose quota it counts against.</summary>
    public required string Owner { get; init; }

    /// <summary>The key or link that made it.</summary>
    public required string Credential { get; init; }

    /// <summary>The name of that key or link, for the report.</summary>
    public required string By { get; init; }

    /// <summary>The file's name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The policy as JSON, raised to the floor of its day.</summary>
    public required string Policy { get; init; }

    public JobState State { get; init; }

    /// <summary>Null until it is uploaded.</summary>
    public JobKind? Kind { get; init; }

    /// <summary>Bytes of the upload; of one whose length nobody said, those that came.</summary>
    public long Bytes { get; init; }

    /// <summary>Whether its upload may go on later.</summary>
    public bool IsResumable { get; init; }

    /// <summary>Whether its upload lies in the bucket, and here only while somebody reviews it.</summary>
    public bool SourceAway { get; init; }

    public bool Review { get; init; }

    /// <summary>What the box file tells of faces.</summary>
    public FaceTraits Attributes { get; init; }

    /// <summary>How often it was asked for: the number of the result that is worked on.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>Whether it is to be written, and not only made ready for review.</summary>
    public bool Renders { get; init; }

    /// <summary>Whether the result is handed out although the last look was still sure of something.</summary>
    public bool AllowsFinds { get; init; }

    /// <summary>Who asked for the result after a review.</summary>
    public string? SignedOff { get; init; }

    /// <summary>Workers that began on it since it last got on.</summary>
    public int Attempts { get; init; }

    /// <summary>Edits in the log.</summary>
    public int Edits { get; init; }

    /// <summary>Edits that the result has.</summary>
    public int Written { get; init; }

    public string? Problem { get; init; }

    public JobFilm? Film { get; init; }

    public JobResult? Result { get; init; }

    /// <summary>The line of the audit log that says that it is done.</summary>
    public AuditMark? Audit { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Changed { get; init; }

    public DateTimeOffset? Expires { get; init; }

    /// <summary>The delivery of the webhook that is owed, and the event.</summary>
    public string? OwedDelivery { get; init; }

    public string? OwedEvent { get; init; }

    public bool IsOver => State is JobState.Done or JobState.Failed or JobState.Review;
}

/// <summary>What is known of a job's film.</summary>
internal sealed record JobFilm(int Width, int Height, double Rate, long? Pictures, double? Seconds, string Sha256, string Codec, string Container);

/// <summary>What came of a job.</summary>
internal sealed record JobResult(
    long Bytes, string Sha256, string Type, long Pictures, long Covered, int Tracks, int Rounds, IReadOnlyList<int> FoundAgain, int Left)
{
    /// <summary>Its file in the job's folder.</summary>
    public required string File { get; init; }
}

/// <summary>How far a worker is; in memory alone.</summary>
internal sealed record JobProgress(FilmStage Stage, int Round, long Pictures, long? Total, long Found, double? Rate, double? SecondsLeft);
