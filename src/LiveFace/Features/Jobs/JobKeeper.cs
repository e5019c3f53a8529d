using LiveFace.Features.Jobs.State;
using LiveFace.Features.Jobs.Work;
using LiveFace.Storage;
using LiveFace.Telemetry;

namespace LiveFace.Features.Jobs;

/// <summary>Deletes jobs, with all their files, when their time is over.</summary>
internal sealed class JobKeeper(JobBoard board, JobFiles files, AuditLog audit, JobWorkers workers, LoopSupervisor supervisor, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Deletes those whose time is over.</summary>
    internal async Task SweepAsync()
    {
        foreach (var job in board.All.Where(job => job.Expires <= time.GetUtcNow()).ToList())
        {
            audit.Write("job-expired", job.Id, ("server", ""));
            board.Remove(job.Id);
            await workers.StopAsync(job.Id);
            files.Delete(job.Id);
        }
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
