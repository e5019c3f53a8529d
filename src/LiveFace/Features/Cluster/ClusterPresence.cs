using System.Text.Json;
using LiveFace.Cluster;
using LiveFace.Cluster.Calls;
using LiveFace.Cluster.Ownership;
using LiveFace.Http;
using LiveFace.Rooms;
using LiveFace.Telemetry;

namespace LiveFace.Features.Cluster;

/// <summary>
/// The states of the rooms of all nodes. While somebody here watches, each other node is listened to over one connection, however many
/// watch; a node that does not answer is left out.
/// </summary>
internal sealed class ClusterPresence(
    RoomDirectory rooms, OwnerTable table, IRoomOwners owners, NodeCaller caller, NodeStream stream, FaultSink faults, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private volatile Action<RoomState>[] _watchers = [];
    private CancellationTokenSource? _listening;

    public async Task<IReadOnlyCollection<RoomState>> StatesAsync(CancellationToken cancel)
    {
        var others = (await table.NodesAsync(cancel)).Where(node => node.Node != owners.Node);
        var told = await Task.WhenAll(others.Select(node => AskAsync(node, cancel)));
        return [.. rooms.All.Select(room => room.State), .. told.SelectMany(states => states)];
    }

    public IDisposable Watch(Action<RoomState> changed)
    {
        var here = rooms.Watch(changed);
        lock (_lock)
        {
            _watchers = [.. _watchers, changed];
            if (_listening is null)
            {
                _listening = new CancellationTokenSource();
                _ = faults.WatchAsync("cluster presence", ListenAsync(_listening.Token), () => { });
            }
        }

        return new Watcher(this, changed, here);
    }

    public void Dispose() => _listening?.Cancel();

    private async Task<IReadOnlyCollection<RoomState>> AskAsync(NodeStanding node, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            using var answer = await caller.CallAsync(node.Address, HttpMethod.Get, "/node/states", default, null, limit.Token);
            answer.EnsureSuccessStatusCode();
            return await JsonSerializer.DeserializeAsync<RoomState[]>(await answer.Content.ReadAsStreamAsync(limit.Token), ApiJson.Options, limit.Token) ?? [];
        }
        catch (Exception error) when (error is ClusterException or HttpRequestException or IOException or JsonException
            || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return [];
        }
    }

    /// <summary>Looks for nodes now and then, and listens to each.</summary>
    private async Task ListenAsync(CancellationToken stop)
    {
        var listened = new Dictionary<string, Task>(StringComparer.Ordinal);
        try
        {
            while (true)
            {
                foreach (var node in await NodesAsync(stop))
                    if (node.Node != owners.Node && (!listened.TryGetValue(node.Node, out var known) || known.IsCompleted))
                        listened[node.Node] = ListenToAsync(node, stop);
                await Task.Delay(BetweenLooks, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAll(listened.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IReadOnlyList<NodeStanding>> NodesAsync(CancellationToken stop)
    {
        try
        {
            return await table.NodesAsync(stop);
        }
        catch (ClusterException)
        {
            return [];
        }
    }

    private async Task ListenToAsync(NodeStanding node, CancellationToken stop)
    {
        try
        {
            await foreach (var line in stream.ReadAsync(node.Address, "/node/states/changes", claims: false, stop))
                if (line.State is { } state)
                    foreach (var watcher in _watchers)
                        watcher(state);
        }
        catch (ClusterException)
        {
            // It is listened to again at the next look, if it is there.
        }
    }

    private sealed class Watcher(ClusterPresence presence, Action<RoomState> changed, IDisposable here) : IDisposable
    {
        public void Dispose()
        {
            here.Dispose();
            lock (presence._lock)
            {
                presence._watchers = [.. presence._watchers.Where(watcher => watcher != changed)];
                if (presence._watchers.Length > 0)
                    return;
                presence._listening?.Cancel();
                presence._listening = null;
            }
        }
    }
}
