using LiveFace.Access;
using LiveFace.Features.People.State;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Features.Rooms;

/// <summary>The rooms of this server.</summary>
internal sealed class RoomReach(IRoomDirectory rooms, RoomDoor door, PeopleDoor people) : IRoomReach
{
    public Task<IRoom> OpenAsync(string room, Grant grant, RoomPlace place, CancellationToken cancel) => Task.FromResult(door.Open(room, grant));

    public Task<RedactionPolicy> PolicyAsync(string room, Grant grant, CancellationToken cancel) => Task.FromResult(rooms.PolicyOf(room));

    public Task<RedactionPolicy> SetPolicyAsync(string room, Grant grant, byte[] json, long? expectedVersion, CancellationToken cancel) => Task.FromResult(
        RoomEndpoints.SetPolicy(door.ToSetPolicy(room, grant, out var moderates), people, grant, json, expectedVersion, moderates));

    public Task<bool> EndAsync(string room, Grant grant, CancellationToken cancel)
    {
        var found = rooms.Find(room);
        found?.End();
        return Task.FromResult(found is not null);
    }

    public Task<IReadOnlyCollection<RoomState>> StatesAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyCollection<RoomState>>([.. rooms.All.Select(room => room.State)]);

    public IDisposable Watch(Action<RoomState> changed) => rooms.Watch(changed);
}
