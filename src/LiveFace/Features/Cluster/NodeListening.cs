using LiveFace.Cluster;
using LiveFace.Cluster.Ownership;

namespace LiveFace.Features.Cluster;

/// <summary>Looks for the other nodes now and then, and listens to each over one connection; to one that broke off again, if it is there.</summary>
internal sealed class NodeListening(OwnerTable table, IRoomOwners owners, NodeStream stream, TimeProvider time)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    public async Task RunAsync(string path, Action<string, FeedLine> told, CancellationToken stop)
    {
        var listened = new Dictionary<string, Task>(StringComparer.Ordinal);
        try
        {
            while (true)
            {
                foreach (var node in await OthersAsync(stop))
                    if (!listened.TryGetValue(node.Node, out var known) || known.IsCompleted)
                        listened[node.Node] = ListenToAsync(node, path, told, stop);
                await Task.Delay(BetweenLooks, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAll(listened.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IEnumerable<NodeStanding>> OthersAsync(CancellationToken stop)
    {
        try
        {
            return (await table.NodesAsync(stop)).Where(node => node.Node != owners.Node);
        }
        catch (ClusterException)
        {
            return [];
        }
    }

    private async Task ListenToAsync(NodeStanding node, string path, Action<string, FeedLine> told, CancellationToken stop)
    {
        try
        {
            await foreach (var line in stream.ReadAsync(node.Address, path, claims: false, stop))
                told(node.Node, line);
        }
        catch (ClusterException)
        {
            // It is listened to again at the next look, if it is there.
        }
    }
}
