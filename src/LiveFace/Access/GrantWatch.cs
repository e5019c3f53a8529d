using LiveFace.Storage;
using LiveFace.Telemetry;

namespace LiveFace.Access;

/// <summary>Ends what is open by keys and links where a shared database has been away for too long to know whether they stand.</summary>
internal sealed class GrantWatch(OpenGrants open, StoreFreshness fresh, LoopSupervisor supervisor) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => supervisor.RunAsync("grants nobody knows of", WatchAsync, stoppingToken);

    private async Task WatchAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stopping))
            if (fresh.IsLost)
                open.EndUnknown();
    }
}
