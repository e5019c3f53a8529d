using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.Webhooks;
using LiveFace.Storage;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Jobs.Work;

/// <summary>Writes down what came of jobs: first the line of the audit log, then the job, then what is told of it.</summary>
internal sealed class JobEnds(
    JobBoard board, JobFiles files, AuditLog audit, IOptions<FilmsOptions> options, IOptions<WebhookOptions> webhook, TimeProvider time)
{
    private static readonly (string, string) Server = ("server", "");

    /// <summary>The lines of the audit log that a job's work follows.</summary>
    private static readonly string[] Begins = ["job-uploaded", "job-signed-off"];

    /// <summary>Writes down what came of a job by its worker's last word; null where it died without one.</summary>
    public void Finish(JobRecord job, JobWord? last)
    {
        // What is not in the audit log is not done: the next worker finds it finished, and the line of one that a crash kept from the
        // database is not written again.
        var mark = board.Find(job.Id) is { State: JobState.Running } running ? Audit(running, last) : null;
        board.Change(job.Id, now => now.State != JobState.Running ? null : After(now, last, mark));
        if (last is { Done: not null })
            files.Of(job.Id).DeleteOlder(job.Generation);
    }

    private AuditMark? Audit(JobRecord job, JobWord? last) => last switch
    {
        { Done: { } done } => audit.WriteOnce(
            "job-done", job.Id, Server, Begins, ("generation", job.Generation), ("input", done.InputSha256), ("output", done.Result.Sha256), ("policy", HashOf(done.Policy)),
            ("models", new JsonArray([.. done.Models.Select(model => (JsonNode)$"{model.Id} {model.Sha256}")])), ("edits", done.Edits),
            ("pictures", done.Result.Pictures), ("covered", done.Result.Covered), ("tracks", done.Result.Tracks), ("rounds", done.Result.Rounds),
            ("left", done.Result.Left)),
        { Ready: true } => audit.WriteOnce("job-review", job.Id, Server, Begins, ("generation", job.Generation)),
        { Problem: not null } => audit.WriteOnce("job-failed", job.Id, Server, Begins, ("generation", job.Generation)),
        _ when HasDiedOut(job) => audit.WriteOnce("job-failed", job.Id, Server, Begins, ("generation", job.Generation)),
        _ => null,
    };

    private bool HasDiedOut(JobRecord job) => job.Attempts >= options.Value.Attempts;

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private JobRecord After(JobRecord now, JobWord? last, AuditMark? mark) => last switch
    {
        { Done: { } outcome } => Over(now, JobState.Done, "job-done") with
        {
            Result = outcome.Result,
            Written = outcome.Edits,
            Audit = mark,
            Film = now.Film is { } film ? film with { Pictures = outcome.Result.Pictures } : null,
        },
        { Ready: true } => Over(now, JobState.Review, "job-review") with { Film = last.Film ?? now.Film },
        { Problem: { } problem } => Over(now, JobState.Failed, "job-failed") with { Problem = problem },
        _ when HasDiedOut(now) => Over(now, JobState.Failed, "job-failed") with
        {
            Problem = $"Its worker ended {now.Attempts} times without getting on: the file may be one that breaks it, or the machine has too little memory or disk.",
        },
        _ => now with { State = JobState.Queued },
    };

    private JobRecord Over(JobRecord job, JobState state, string word) => job with
    {
        State = state,
        Attempts = 0,
        Problem = null,
        Expires = time.GetUtcNow().AddHours(options.Value.KeepHours),
        OwedEvent = webhook.Value.Url.Length > 0 ? word : null,
        OwedDelivery = webhook.Value.Url.Length > 0 ? JobId.Make() : null,
    };
}
