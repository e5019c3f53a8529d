using System.Collections.Concurrent;
using LiveFace.Cluster;
using LiveFace.Cluster.Ownership;
using LiveFace.Rooms;
using LiveFace.Telemetry;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Cluster;

/// <summary>Runs this node's tenure beside the server, and ends rooms that are no longer its own.</summary>
internal sealed class ClusterTenure : BackgroundService, IReadinessCheck, ITenureEvents
{
    /// <summary>A room that was claimed for a request may be made a moment later.</summary>
    private static readonly TimeSpan IdleFor = TimeSpan.FromSeconds(20);

    /// <summary>What a room takes of the processors where none is measured.</summary>
    private static readonly double UsualCost = Math.Clamp(0.25 / Environment.ProcessorCount, LeastCost, MostCost);
    private const double LeastCost = 0.002;
    private const double MostCost = 0.5;

    private readonly ConcurrentDictionary<string, long> _absentSince = new(StringComparer.Ordinal);
    private readonly RoomDirectory _rooms;
    private readonly RoomAdmission _admission;
    private readonly ServerLife _life;
    private readonly LoopSupervisor _loops;
    private readonly TimeProvider _time;
    private readonly RoomOwners _owners;
    private readonly TenureKeeper _keeper;

    public ClusterTenure(
        OwnerTable table, RoomOwners owners, Lease lease, RoomDirectory rooms, RoomAdmission admission, ServerLife life,
        NodeOffer offer, IOptions<ClusterOptions> options, LoopSupervisor loops, TimeProvider time, ILogger<TenureKeeper> logger)
    {
        (_rooms, _owners, _admission, _life, _loops, _time) = (rooms, owners, admission, life, loops, time);
        _keeper = new TenureKeeper(table, owners, lease, options.Value.Identify(offer), options.Value.Lease, this, time, logger);
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

    public NodeReport Report()
    {
        var load = _admission.Load;
        var publishing = _rooms.All.Count(room => room.State.Publisher is not null);
        var cost = publishing == 0 ? UsualCost : Math.Clamp(load / publishing, LeastCost, MostCost);
        return new NodeReport(load, cost, Serving: !_life.IsDraining && _owners.TakesNew);
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

    /// <summary>Ends every room, then the tenure, so that whoever comes next need not wait for its lease.</summary>
    public async Task GiveUpAsync(CancellationToken cancel)
    {
        // The loop first: it would take what is let go for a loss, and begin anew.
        await base.StopAsync(cancel);
        _keeper.LetGo();
        await TenureLostAsync(cancel);
        await StopAsync(cancel);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await _keeper.EndAsync(cancellationToken);
        }
        catch (ClusterException)
        {
            // The lease ends by itself.
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _loops.RunAsync("cluster lease", _keeper.RunAsync, stoppingToken);
}
