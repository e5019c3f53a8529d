using System.Threading.Channels;
using LiveFace.Features.Jobs.State;
using LiveFace.Features.Webhooks;
using LiveFace.Storage;
using LiveFace.Telemetry;

namespace LiveFace.Features.Jobs;

/// <summary>
/// Tells another server what became of jobs. What is owed lies with the job in the database, so that a server that was killed
/// tells it afterwards; it is tried until it is taken or the job is gone.
/// </summary>
internal sealed partial class JobWebhook(
    JobBoard board, JobViews views, WebhookSender sender, LoopSupervisor supervisor, TimeProvider time, ILogger<JobWebhook> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!sender.IsOn)
            return;
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var watching = board.Watch(id =>
        {
            if (board.Find(id)?.OwedDelivery is not null)
                changes.Writer.TryWrite(true);
        });
        changes.Writer.TryWrite(true);
        await supervisor.RunAsync("jobs' webhook", stopping => TellAsync(changes, stopping), stoppingToken);
    }

    private async Task TellAsync(Channel<bool> changes, CancellationToken stopping)
    {
        while (await changes.Reader.WaitToReadAsync(stopping))
        {
            changes.Reader.TryRead(out _);
            var failed = false;
            foreach (var job in board.All.Where(job => job.OwedDelivery is not null).ToList())
                failed |= !await TellAsync(job, stopping);
            if (!failed)
                continue;
            await Task.Delay(Pause, time, stopping);
            changes.Writer.TryWrite(true);
        }
    }

    private async Task<bool> TellAsync(JobRecord job, CancellationToken stopping)
    {
        var problem = await sender.TrySendAsync(new JobTold(job.OwedEvent!, time.GetUtcNow(), job.OwedDelivery!, views.View(job)), stopping);
        if (problem is not null)
        {
            LogNotTold(logger, job.Id, problem);
            return false;
        }

        try
        {
            board.Change(job.Id, now => now.OwedDelivery == job.OwedDelivery ? now with { OwedDelivery = null, OwedEvent = null } : null);
        }
        catch (StorageException)
        {
            // It is told once more, as the same delivery.
            return false;
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook was not told of job {Job} yet: {Problem}")]
    private static partial void LogNotTold(ILogger logger, string job, string problem);

    private sealed record JobTold(string Event, DateTimeOffset Time, string Delivery, Job Job);
}
