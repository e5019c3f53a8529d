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
    RoomDirectory rooms, OwnerTable table, IRoomOwners owners, NodeCaller caller, NodeListening nodes, FaultSink faults) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

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
                _ = faults.WatchAsync("cluster presence", nodes.RunAsync("/node/states/changes", Tell, _listening.Token), () => { });
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

    private void Tell(string node, FeedLine line)
    {
        if (line.State is { } state)
            foreach (var watcher in _watchers)
                watcher(state);
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
