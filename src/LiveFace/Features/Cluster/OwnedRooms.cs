using LiveFace.Cluster;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Features.Cluster;

/// <summary>The rooms of this node of a cluster: none is made that is not this node's own.</summary>
internal sealed class OwnedRooms(RoomDirectory rooms, IRoomOwners owners) : IRoomDirectory
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public IReadOnlyCollection<IRoom> All => rooms.All;

    public IRoom? Find(string name) => rooms.Find(name);

    public IRoom GetOrAdd(string name) => owners.Owns(name)
        ? rooms.GetOrAdd(name)
        : throw new RoomRefusedException(RoomRefusal.ShuttingDown, "This room is another node's now; ask again.", Soon);

    public RedactionPolicy PolicyOf(string name) => rooms.PolicyOf(name);

    public IDisposable Watch(Action<RoomState> changed) => rooms.Watch(changed);

    public Task DrainAsync(CancellationToken cancellation) => rooms.DrainAsync(cancellation);
}
