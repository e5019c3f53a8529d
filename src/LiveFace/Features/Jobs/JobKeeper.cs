using LiveFace.Features.Jobs.State;
using LiveFace.Features.Jobs.Work;
using LiveFace.Storage;
using LiveFace.Telemetry;

namespace LiveFace.Features.Jobs;

/// <summary>Deletes jobs, with all their files, when their time is over.</summary>
internal sealed class JobKeeper(JobBoard board, JobFiles files, AuditLog audit, JobWorkers workers, LoopSupervisor supervisor, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Deletes those whose time is over. A disk that takes no line keeps no film: what is in its way goes first.</summary>
    internal async Task SweepAsync()
    {
        StorageException? full = null;
        foreach (var job in board.All.Where(job => job.Expires <= time.GetUtcNow()).ToList())
        {
            await workers.StopAsync(job.Id);
            files.Delete(job.Id);
            try
            {
                audit.Write("job-expired", job.Id, ("server", ""));
                board.Remove(job.Id);
            }
            catch (StorageException error)
            {
                // Its record stays until the disk takes the line; its files are gone.
                full = error;
            }
        }

        if (full is not null)
            throw full;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => supervisor.RunAsync("jobs' end", async stopping =>
    {
        while (!stopping.IsCancellationRequested)
        {
            await SweepAsync();
            await Task.Delay(Interval, time, stopping);
        }
    }, stoppingToken);
}
