using System.Collections.Concurrent;
using LiveFace.Features.Jobs.State;
using LiveFace.Storage;
using LiveFace.Telemetry;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Jobs.Work;

/// <summary>
/// Gives queued jobs to workers, the oldest first. What a worker says goes to the board; a worker that dies costs what it had
/// not kept, and a job that kills too many without getting on has failed.
/// </summary>
internal sealed partial class JobWorkers(
    JobBoard board, JobOrders orders, JobEnds ends, JobMetrics metrics, IEnumerable<IJobStop> elsewhere, IOptions<FilmsOptions> options, LoopSupervisor supervisor, TimeProvider time,
    ILogger<JobWorkers> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (CancellationTokenSource Stop, Task Ended)> _running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _queued = new(0);
    private readonly Lock _claim = new();

    /// <summary>Stops the worker of a job whose state says so already, and waits until it is gone.</summary>
    public async Task StopAsync(string job)
    {
        foreach (var stop in elsewhere)
            await stop.StopAsync(job);
        if (!_running.TryGetValue(job, out var running))
            return;
        await running.Stop.CancelAsync();
        await running.Ended;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Database is not null)
            return;
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
            var last = await JobProcess.RunAsync(orders.For(job), new JobEar(board, job.Id, time).Hear, said => LogDied(logger, job.Id, said), stop.Token);
            metrics.Ended(last switch { { Done: not null } => WorkerWord.Done, { Ready: true } => WorkerWord.Review, null => WorkerWord.Died, _ => WorkerWord.Failed });
            ends.Finish(job, last);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker of job {Job} died: {Said}")]
    private static partial void LogDied(ILogger logger, string job, string said);
}
