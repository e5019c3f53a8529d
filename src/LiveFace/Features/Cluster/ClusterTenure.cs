using System.Collections.Concurrent;
using LiveFace.Cluster.Ownership;
using LiveFace.Rooms;
using LiveFace.Telemetry;

namespace LiveFace.Features.Cluster;

/// <summary>Runs this node's tenure beside the server, and ends rooms that are no longer its own.</summary>
internal sealed class ClusterTenure : BackgroundService, IReadinessCheck, ITenureEvents
{
    /// <summary>A room that was claimed for a request may be made a moment later.</summary>
    private static readonly TimeSpan IdleFor = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, long> _absentSince = new(StringComparer.Ordinal);
    private readonly RoomDirectory _rooms;
    private readonly LoopSupervisor _loops;
    private readonly TimeProvider _time;
    private readonly TenureKeeper _keeper;

    public ClusterTenure(
        OwnerTable table, RoomOwners owners, Lease lease, RoomDirectory rooms, Microsoft.Extensions.Options.IOptions<ClusterOptions> options,
        LoopSupervisor loops, TimeProvider time, ILogger<TenureKeeper> logger)
    {
        (_rooms, _loops, _time) = (rooms, loops, time);
        _keeper = new TenureKeeper(table, owners, lease, options.Value.NodeAddress, options.Value.Lease, this, time, logger);
    }

    public string Name => "cluster";

    public string? Problem() => _keeper.Problem;

    public void RoomsLost(IReadOnlyList<string> rooms)
    {
        foreach (var room in rooms)
            _rooms.Evict(room);
    }

    public Task TenureLostAsync(CancellationToken cancel)
    {
        foreach (var room in _rooms.All)
            _rooms.Evict(room.Name);
        return Task.CompletedTask;
    }

    public IReadOnlyList<string> Idle(IReadOnlyCollection<KeyValuePair<string, long>> held)
    {
        var now = _time.GetTimestamp();
        var idle = new List<string>();
        foreach (var (room, _) in held)
        {
            if (_rooms.Find(room) is not null)
                _absentSince.TryRemove(room, out _);
            else if (_time.GetElapsedTime(_absentSince.GetOrAdd(room, now), now) >= IdleFor && _absentSince.TryRemove(room, out _))
                idle.Add(room);
        }

        return idle;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await _keeper.EndAsync(cancellationToken);
        }
        catch (LiveFace.Cluster.ClusterException)
        {
            // The lease ends by itself.
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _loops.RunAsync("cluster lease", _keeper.RunAsync, stoppingToken);
}
