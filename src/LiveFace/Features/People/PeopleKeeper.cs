using LiveFace.Features.People.State;
using LiveFace.Storage;
using LiveFace.Telemetry;

namespace LiveFace.Features.People;

/// <summary>
/// Deletes people when the time is over for which they agreed. They are hidden from that moment on, whether their row is gone
/// yet or not.
/// </summary>
internal sealed partial class PeopleKeeper(
    PeopleRegistry people, AuditLog audit, LoopSupervisor supervisor, TimeProvider time, ILogger<PeopleKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Deletes those whose time is over; one that is in the way keeps none of the others.</summary>
    internal void Sweep()
    {
        StorageException? full = null;
        foreach (var id in people.Expired())
        {
            try
            {
                audit.RemoveFrom(people, id, "expired", ("server", ""));
            }
            catch (StorageException error)
            {
                full = error;
            }
        }

        if (full is not null)
            throw full;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (people.Unreadable is > 0 and var count)
            LogUnreadable(logger, count);
        return supervisor.RunAsync("enrolled people's end", async stopping =>
        {
            while (!stopping.IsCancellationRequested)
            {
                Sweep();
                await Task.Delay(Interval, time, stopping);
            }
        }, stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is kept of {Count} enrolled people cannot be read: damaged, or encrypted with a key that is not set. They are hidden")]
    private static partial void LogUnreadable(ILogger logger, int count);
}
