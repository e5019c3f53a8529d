using LiveFace.Rooms;
using LiveFace.Telemetry;

namespace LiveFace.Hub;

/// <summary>Once a second, reads the statistics of each room that somebody wants them of, once however many want them.</summary>
internal sealed class StatisticsTicker(HubMembers members, LoopSupervisor loops, FaultSink faults, TimeProvider time)
    : BackgroundService
{
    private const string Place = "statistics";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loops.RunAsync(Place, TickAsync, stoppingToken);

    private async Task TickAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stop))
            Tick();
    }

    private void Tick()
    {
        var wanted = members.All.SelectMany(m => m.Rooms).Where(r => r.Options.Stats).GroupBy(r => r.Room);
        foreach (var room in wanted)
            faults.Guard(Place, () => Offer(room.Key, room));
    }

    private static void Offer(IRoom room, IEnumerable<RoomMembership> members)
    {
        try
        {
            var statistics = room.ReadStatistics();
            foreach (var membership in members)
                membership.Offer(statistics);
        }
        catch (RoomRefusedException)
        {
            // It is another node's, which has not told yet.
        }
    }
}
