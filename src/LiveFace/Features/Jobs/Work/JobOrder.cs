using LiveFace.Features.Jobs.State;
using LiveFace.Films;
using LiveFace.Films.Pieces;
using LiveFace.Media.Sandbox;
using LiveFace.Storage.Encryption;
using LiveFace.Vision.Attributes;

namespace LiveFace.Features.Jobs.Work;

internal enum JobTask
{
    /// <summary>All of it, from wherever it was left.</summary>
    Whole,

    /// <summary>What the film is, and in how many segments it is looked at.</summary>
    Describe,

    /// <summary>One segment is looked at.</summary>
    Segment,

    /// <summary>What was found is linked, and cut into the pieces in which the film is written.</summary>
    Prepare,

    /// <summary>One piece is written, and looked at as it was written.</summary>
    Piece,

    /// <summary>The pieces become the film, or are cut anew by what was found in them.</summary>
    Join,
}

/// <summary>All that a worker is told of a job. It has no database and no keys but that of its job's files.</summary>
internal sealed record JobOrder
{
    public required string Folder { get; init; }

    /// <summary>The key of this job's files, and how large a film they hold may be in memory; null where they lie there as they are.</summary>
    public string? Key { get; init; }

    public long LargestInMemory { get; init; }

    /// <summary>The file's name, for sentences.</summary>
    public required string Name { get; init; }

    public required JobKind Kind { get; init; }

    /// <summary>The policy as JSON, already raised to the floor.</summary>
    public required string Policy { get; init; }

    /// <summary>The server's floor as JSON, below which no edit goes; null where there is none.</summary>
    public string? Floor { get; init; }

    /// <summary>Whether it is to be written, and not only made ready for review.</summary>
    public required bool Renders { get; init; }

    /// <summary>Whether the result is handed out although the last look was still sure of something.</summary>
    public bool AllowsFinds { get; init; }

    /// <summary>The number of the result.</summary>
    public required int Generation { get; init; }

    /// <summary>What the box file tells of faces.</summary>
    public FaceTraits Attributes { get; init; }

    public JobTask Task { get; init; }

    /// <summary>The segment that is looked at.</summary>
    public int Segment { get; init; }

    /// <summary>The pieces that are joined, or the one that is written.</summary>
    public JobPieces? Pieces { get; init; }

    public required int SegmentSeconds { get; init; }

    /// <summary>The folder of models.json.</summary>
    public required string Models { get; init; }

    public required string Device { get; init; }

    public required SandboxMode Sandbox { get; init; }

    /// <summary>The job's files.</summary>
    public JobFolder Files() => new(Folder, Key is null ? FilmVault.Plain : new JobVault(FileKey.Import(Key) ?? throw new FormatException("The key is none."), LargestInMemory));
}

/// <summary>What a worker says, a line of JSON each; one member is there, and beside a last word maybe what the film is.</summary>
internal sealed record JobWord
{
    public JobFilm? Film { get; init; }

    public JobStep? Step { get; init; }

    /// <summary>Something is done that will not be done again, however the worker ends.</summary>
    public bool Kept { get; init; }

    /// <summary>The last word: ready for review.</summary>
    public bool Ready { get; init; }

    /// <summary>The last word: it is written.</summary>
    public JobOutcome? Done { get; init; }

    /// <summary>The last word: why it cannot be done.</summary>
    public string? Problem { get; init; }

    /// <summary>The last word: what there is to do.</summary>
    public JobPlan? Plan { get; init; }

    /// <summary>The last word: the pieces in which it is written next.</summary>
    public JobPieces? Pieces { get; init; }

    /// <summary>The last word: it is not written in pieces, but in one.</summary>
    public bool InOne { get; init; }

    public bool IsLast => Ready || InOne || Pieces is not null || Plan is not null || Done is not null || Problem is not null;
}

/// <summary>What there is to do with a film: its segments, unless it goes in one pass.</summary>
internal sealed record JobPlan(int Segments, bool IsOnePass, JobFilm Film);

/// <summary>The pieces in which a film is written in a round, and what was found in the rounds before.</summary>
internal sealed record JobPieces(PiecePlan Plan, IReadOnlyList<int> FoundBefore);

/// <summary>How far it is.</summary>
internal sealed record JobStep(Films.Detection.FilmStage Stage, int Round, long Pictures, long? Total, long Found);

/// <summary>What was written, and what the report says of it. It lies beside the result, written last.</summary>
internal sealed record JobOutcome
{
    public required JobResult Result { get; init; }

    /// <summary>Edits in the log when it was written.</summary>
    public required int Edits { get; init; }

    public required IReadOnlyList<JobModel> Models { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The hash of what came in.</summary>
    public required string InputSha256 { get; init; }

    /// <summary>The policy that it was written by, as JSON.</summary>
    public required string Policy { get; init; }

    public required IReadOnlyList<JobDoubt> LeastCertain { get; init; }
}

/// <summary>A model that looked.</summary>
internal sealed record JobModel(string Name, string Id, string? Sha256);

/// <summary>A track that was least certain, with its picture as it was written, as a small JPEG.</summary>
internal sealed record JobDoubt(int Track, string Class, double Score, double Doubt, int First, int Last, int Picture, double At, byte[]? Jpeg);
