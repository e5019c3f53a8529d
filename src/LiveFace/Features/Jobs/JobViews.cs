using System.Text;
using LiveFace.Access;
using LiveFace.Features.Jobs.State;
using LiveFace.Http;
using LiveFace.Redaction.Policy;

namespace LiveFace.Features.Jobs;

/// <summary>Jobs as their callers see them, and which of them a caller sees.</summary>
internal sealed class JobViews(JobBoard board, JobFiles files)
{
    /// <summary>All that the caller may see, those made first first.</summary>
    public IEnumerable<Job> Of(Grant grant) => board.All.Where(job => Sees(grant, job)).Select(View);

    /// <summary>A job that the caller may see.</summary>
    /// <exception cref="ProblemException">There is none: somebody else's is as one that is not there.</exception>
    public JobRecord Require(Grant grant, string id) => board.Find(id) is { } job && Sees(grant, job)
        ? job
        : throw new ProblemException(Problem.JobNotFound);

    /// <summary>Whoever made it, the key that a link was made from, and admins. A link sees no other link's.</summary>
    public static bool Sees(Grant grant, JobRecord job) => Sees(grant, job.Owner, job.Credential);

    /// <inheritdoc cref="Sees(Grant, JobRecord)"/>
    public static bool Sees(Grant grant, string owner, string credential) =>
        grant.IsAdmin || Name(grant) == credential || Name(grant) == owner;

    /// <summary>The key or link of a caller, or whom another system vouches for.</summary>
    public static string Name(Grant grant) => grant.Credential ?? grant.Owner;

    public Job View(JobRecord job)
    {
        var progress = board.ProgressOf(job.Id);
        return new Job(
            job.Id, job.Name, job.Kind, job.State, progress?.Stage, progress?.Round ?? 0, progress?.Pictures ?? 0, progress?.Total, progress?.Rate,
            progress?.SecondsLeft, progress?.Found ?? 0, job.Bytes, job.State == JobState.Uploading ? files.Of(job.Id).SourceBytes : job.Bytes,
            job.Review, PolicyOf(job), job.Edits, job.Written, job.Attempts, job.Problem, job.Film,
            job.Result is { } result
                ? new JobResultInfo(result.Bytes, result.Sha256, result.Type, result.Pictures, result.Covered, result.Tracks, result.Rounds, result.FoundAgain, result.Left)
                : null,
            job.Created, job.Changed, job.Expires);
    }

    /// <summary>A policy that cannot be read any more hides everything.</summary>
    public static RedactionPolicy PolicyOf(JobRecord job) =>
        PolicyJson.TryRead(Encoding.UTF8.GetBytes(job.Policy), out var policy, out _) ? policy : PolicyPresets.CoverEverything;
}
