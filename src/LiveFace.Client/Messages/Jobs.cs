namespace LiveFace.Client.Messages;

/// <summary>A film or picture that the server redacts as work that lasts; docs/reference/jobs.md describes it.</summary>
public sealed record Job(string Id, string Name, string State)
{
    /// <summary>"film" or "picture"; null until it is uploaded.</summary>
    public string? Kind { get; init; }

    /// <summary>"detect", "link", "render" or "check", while a worker is at it.</summary>
    public string? Stage { get; init; }

    /// <summary>How often it is written, from 1 on.</summary>
    public int Round { get; init; }

    /// <summary>Pictures that this stage is done with.</summary>
    public long Pictures { get; init; }

    /// <summary>Of how many.</summary>
    public long? Total { get; init; }

    /// <summary>Pictures a second in this stage.</summary>
    public double? Rate { get; init; }

    /// <summary>What is left of this stage.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>What this stage found: finds, or tracks.</summary>
    public long Found { get; init; }

    /// <summary>The size of the upload.</summary>
    public long Bytes { get; init; }

    /// <summary>How much of it has come.</summary>
    public long Received { get; init; }

    /// <summary>It stops before anything is written.</summary>
    public bool Review { get; init; }

    /// <summary>What is hidden.</summary>
    public RoomPolicy? Policy { get; init; }

    /// <summary>Edits in its log.</summary>
    public int Edits { get; init; }

    /// <summary>Edits that the result has.</summary>
    public int Written { get; init; }

    /// <summary>How often a worker began it without getting on.</summary>
    public int Attempts { get; init; }

    /// <summary>Why it failed, in one sentence.</summary>
    public string? Problem { get; init; }

    /// <summary>The film, once it was opened.</summary>
    public JobFilm? Film { get; init; }

    /// <summary>What came of it.</summary>
    public JobResult? Result { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset Changed { get; init; }

    /// <summary>When it and its files are deleted.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether nothing more becomes of it by itself: it is done, failed, paused, or waits for a review.</summary>
    public bool Rests() => State is JobStates.Done or JobStates.Failed or JobStates.Review or JobStates.Paused;
}

/// <summary>What a job can be.</summary>
public static class JobStates
{
    /// <summary>Its file is on the way.</summary>
    public const string Uploading = "uploading";

    /// <summary>It waits for a worker.</summary>
    public const string Queued = "queued";

    /// <summary>A worker is at it.</summary>
    public const string Running = "running";

    /// <summary>Somebody stopped it for a while.</summary>
    public const string Paused = "paused";

    /// <summary>It waits for somebody to look at what was found.</summary>
    public const string Review = "review";

    /// <summary>The result is there.</summary>
    public const string Done = "done";

    /// <summary>There is no result; <see cref="Job.Problem"/> says why.</summary>
    public const string Failed = "failed";
}

/// <summary>A film as it came.</summary>
public sealed record JobFilm(int Width, int Height, double Rate, long? Pictures, double? Seconds, string Sha256, string Codec, string Container);

/// <summary>What came of a job.</summary>
public sealed record JobResult(
    long Bytes, string Sha256, string Type, long Pictures, long Covered, int Tracks, int Rounds, IReadOnlyList<int> FoundAgain, int Left);

/// <summary>A job that is gone.</summary>
public sealed record JobGone(string Id);

/// <summary>What is said of a result to whoever has to trust it.</summary>
public sealed record JobReport(
    string Schema, int Version, string Job, string Name, ReportHand Uploaded, string? SignedOff, DateTimeOffset Finished, ReportInput Input, JobResult Output,
    RoomPolicy Policy, IReadOnlyList<ReportModel> Models, IReadOnlyList<JobEdit> Edits, IReadOnlyList<ReportDoubt> LeastCertain, ReportMark Audit, string Hash);

/// <summary>Who uploaded a job, and when.</summary>
public sealed record ReportHand(string By, DateTimeOffset At);

/// <summary>What was uploaded.</summary>
public sealed record ReportInput(long Bytes, string? Sha256, JobFilm? Film);

/// <summary>A model that looked.</summary>
public sealed record ReportModel(string Name, string Id, string? Sha256);

/// <summary>A track that was least certain, with a redacted picture of it as JPEG.</summary>
public sealed record ReportDoubt(int Track, string Class, double Score, double Doubt, int First, int Last, int Picture, double At, byte[]? Jpeg);

/// <summary>The line of the audit log that says the same.</summary>
public sealed record ReportMark(long Line, string Hash);
