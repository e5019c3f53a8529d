using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.Sessions;
using LiveFace.Features.Webhooks;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Storage;
using LiveFace.Telemetry;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Jobs.Work;

/// <summary>
/// Gives queued jobs to workers, the oldest first. What a worker says goes to the board; a worker that dies costs what it had
/// not kept, and a job that kills too many without getting on has failed.
/// </summary>
internal sealed partial class JobWorkers(
    JobBoard board, JobFiles files, AuditLog audit, JobMetrics metrics, RoomPolicies policies, ModelCatalogue catalogue, IOptions<FilmsOptions> options, IOptions<MediaOptions> media, IOptions<WebhookOptions> webhook,
    IConfiguration configuration, LoopSupervisor supervisor, TimeProvider time, ILogger<JobWorkers> logger) : BackgroundService
{
    private static readonly (string, string) Server = ("server", "");

    /// <summary>The lines of the audit log that a job's work follows.</summary>
    private static readonly string[] Begins = ["job-uploaded", "job-signed-off"];

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (CancellationTokenSource Stop, Task Ended)> _running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _queued = new(0);
    private readonly Lock _claim = new();

    /// <summary>Stops the worker of a job whose state says so already, and waits until it is gone.</summary>
    public async Task StopAsync(string job)
    {
        if (!_running.TryGetValue(job, out var running))
            return;
        await running.Stop.CancelAsync();
        await running.Ended;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watching = board.Watch(id =>
        {
            if (board.Find(id) is { State: JobState.Queued })
                _queued.Release();
        });
        await Task.WhenAll(Enumerable.Range(0, options.Value.Workers)
            .Select(_ => supervisor.RunAsync("jobs", WorkAsync, stoppingToken)));
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (Claim() is { } job)
                await RunAsync(job, stopping);
            else
                await _queued.WaitAsync(Pause * 30, stopping);
        }
    }

    private JobRecord? Claim()
    {
        lock (_claim)
        {
            foreach (var job in board.All)
                if (job.State == JobState.Queued && !_running.ContainsKey(job.Id) && board.Change(
                    job.Id, now => now.State == JobState.Queued ? now with { State = JobState.Running, Attempts = now.Attempts + 1 } : null) is { } claimed)
                    return claimed;
            return null;
        }
    }

    private async Task RunAsync(JobRecord job, CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[job.Id] = (stop, ended.Task);
        try
        {
            // It may have been paused between the claim and now.
            if (board.Find(job.Id) is not { State: JobState.Running })
                return;
            var last = await JobProcess.RunAsync(OrderFor(job), new Ear(board, job.Id, time).Hear, said => LogDied(logger, job.Id, said), stop.Token);
            metrics.Ended(last switch { { Done: not null } => WorkerWord.Done, { Ready: true } => WorkerWord.Review, null => WorkerWord.Died, _ => WorkerWord.Failed });
            Finish(job, last);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // A server that stops is no fault of the job's.
            metrics.Ended(WorkerWord.Stopped);
            board.Change(job.Id, now => now.State == JobState.Running ? now with { State = JobState.Queued, Attempts = Math.Max(0, now.Attempts - 1) } : null);
        }
        catch (StorageException)
        {
            // Nothing that was done is lost: the next worker finds it in the folder.
            await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Requeue(job.Id);
        }
        finally
        {
            _running.TryRemove(job.Id, out _);
            ended.SetResult();
            _queued.Release();
        }
    }

    private void Requeue(string id)
    {
        try
        {
            board.Change(id, now => now.State == JobState.Running ? now with { State = JobState.Queued } : null);
        }
        catch (StorageException)
        {
            // It stays running until the server starts again; readiness tells of the disk.
        }
    }

    private JobOrder OrderFor(JobRecord job)
    {
        // The floor may have been raised since the upload.
        if (!PolicyJson.TryRead(Encoding.UTF8.GetBytes(job.Policy), out var policy, out _))
            policy = PolicyPresets.CoverEverything;
        var raised = PolicyFloor.Raise(policy, policies.Floor);
        return new JobOrder
        {
            Folder = files.Of(job.Id).Path, Key = files.KeyOf(job.Id)?.Export(), LargestInMemory = options.Value.MemoryBytes, Name = job.Name, Kind = job.Kind ?? JobKind.Film, Renders = job.Renders, Generation = job.Generation,
            Policy = Encoding.UTF8.GetString(PolicyJson.Write(raised)),
            Floor = policies.Floor is { } floor ? Encoding.UTF8.GetString(PolicyJson.Write(floor)) : null,
            SegmentSeconds = options.Value.SegmentSeconds, Models = catalogue.Folder,
            Device = configuration.GetSection(InferenceOptions.Section).Get<InferenceOptions>()?.Device ?? new InferenceOptions().Device,
            Sandbox = media.Value.SandboxMode,
        };
    }

    private void Finish(JobRecord job, JobWord? last)
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
        { Done: { } outcome } => Over(now, JobState.Done, "job-done") with { Result = outcome.Result, Written = outcome.Edits, Audit = mark },
        { Ready: true } => Over(now, JobState.Review, "job-review"),
        { Problem: { } problem } => Over(now, JobState.Failed, "job-failed") with { Problem = problem },
        _ when HasDiedOut(now) => Over(now, JobState.Failed, "job-failed") with
        {
            Problem = $"Its worker ended {now.Attempts} times without getting on: the file may be one that breaks it, or the machine has too little memory.",
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker of job {Job} died: {Said}")]
    private static partial void LogDied(ILogger logger, string job, string said);

    /// <summary>Takes what a worker says to the board, with how fast it is.</summary>
    private sealed class Ear(JobBoard board, string job, TimeProvider time)
    {
        private (Films.Detection.FilmStage Stage, int Round)? _at;
        private long _began;
        private long _first;

        public void Hear(JobWord word)
        {
            if (word.Film is { } film)
                board.Change(job, now => now with { Film = film });
            if (word.Kept)
                board.Change(job, now => now.Attempts > 1 ? now with { Attempts = 1 } : null);
            if (word.Step is not { } step)
                return;
            if (_at != (step.Stage, step.Round))
                (_at, _began, _first) = ((step.Stage, step.Round), time.GetTimestamp(), step.Pictures);
            var seconds = time.GetElapsedTime(_began).TotalSeconds;
            double? rate = seconds > 0.5 && step.Pictures > _first ? Math.Round((step.Pictures - _first) / seconds, 2) : null;
            board.Report(job, new JobProgress(
                step.Stage, step.Round, step.Pictures, step.Total, step.Found, rate,
                rate is > 0 && step.Total >= step.Pictures ? Math.Round((step.Total.Value - step.Pictures) / rate.Value, 1) : null));
        }
    }
}
