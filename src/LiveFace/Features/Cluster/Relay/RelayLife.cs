using LiveFace.Rooms.Relay.Remote;

namespace LiveFace.Features.Cluster.Relay;

/// <summary>Measures from the start on, and says goodbye to who watches rooms of other nodes when the server stops.</summary>
internal sealed class RelayLife(RelayCounters counters, RelayDirectory? pulled = null) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(counters);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => pulled?.DrainAsync().WaitAsync(cancellationToken) ?? Task.CompletedTask;
}
