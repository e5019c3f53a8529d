using System.Collections.Concurrent;
using LiveFace.Cluster.Calls;
using LiveFace.Cluster.Relay;
using LiveFace.Rooms.Relay;
using LiveFace.Rooms.Relay.Remote;
using LiveFace.Tests.Rooms;

namespace LiveFace.Cluster.Tests.Relay;

/// <summary>A node that does not own the room: pulls it over real gRPC for viewers of its own.</summary>
internal sealed class ViewerNode : IAsyncDisposable
{
    private readonly RoomsRig _rig = new();
    private readonly RelayChannels _channels;
    private readonly ConcurrentQueue<Exception> _faults = new();

    public ViewerNode(OwnerNode owner, string secret = OwnerNode.Secret, OwnerNode? becomes = null)
    {
        Owners.Owner = owner.As(owner.Owners.Here ?? 0);
        _channels = new RelayChannels("viewers", new NodeSignature(secret, TimeProvider.System), certificates: null);
        Rooms = new RelayDirectory(
            _rig.Parts(options => options.ViewersPerRoom = 1000) with { Report = (_, error) => _faults.Enqueue(error) },
            new RelayClient(Owners, _channels, secret, TimeProvider.System), Meter, becomes?.Rooms);
    }

    public KnownOwners Owners { get; } = new("viewers");

    public RelayMeter Meter { get; } = new();

    public RelayDirectory Rooms { get; }

    public int Connections => _channels.Count;

    public RelayedRoom Join(SimulatedViewer viewer) => Rooms.Join(OwnerNode.Room, viewer);

    public async ValueTask DisposeAsync()
    {
        await Rooms.DrainAsync();
        _channels.Dispose();
        await _rig.Endpoint.DisposeAsync();
        _rig.Dispose();
        _faults.ShouldBeEmpty();
    }
}
