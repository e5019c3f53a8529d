namespace LiveFace.Hub;

/// <summary>Once a second, reads the statistics of each room that somebody wants them of, once however many want them.</summary>
internal sealed class StatisticsTicker(HubMembers members, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Tick();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private void Tick()
    {
        var wanted = members.All.SelectMany(m => m.Rooms).Where(r => r.Options.Stats).GroupBy(r => r.Room);
        foreach (var room in wanted)
        {
            var statistics = room.Key.ReadStatistics();
            foreach (var membership in room)
                membership.Offer(statistics);
        }
    }
}
