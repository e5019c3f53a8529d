namespace LiveFace.Http;

/// <summary>Ends a request or a hub call with a problem; made at the boundary only, where the caller is told.</summary>
internal sealed class ProblemException(
    Problem problem, string? detail = null, IReadOnlyDictionary<string, string[]>? errors = null)
    : Exception(detail ?? problem.Title)
{
    public Problem Problem { get; } = problem;

    public string? Detail { get; } = detail;

    public IReadOnlyDictionary<string, string[]>? Errors { get; } = errors;

    /// <summary>Seconds after which trying again makes sense.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Version that stands now, for <see cref="Problem.VersionMismatch"/>.</summary>
    public long? CurrentVersion { get; init; }
}
