using LiveFace.Access;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Features.Rooms;

/// <summary>Rooms as the hub reaches them, wherever they are.</summary>
internal interface IRoomReach
{
    /// <summary>A room to be told of, made at this place if it is not there.</summary>
    Task<IRoom> OpenAsync(string room, Grant grant, RoomPlace place, CancellationToken cancel);

    /// <summary>The policy that it has or would begin with.</summary>
    Task<RedactionPolicy> PolicyAsync(string room, Grant grant, CancellationToken cancel);

    /// <summary>Reads, checks and puts in force.</summary>
    Task<RedactionPolicy> SetPolicyAsync(string room, Grant grant, byte[] json, long? expectedVersion, CancellationToken cancel);

    /// <summary>False where nobody is in it.</summary>
    Task<bool> EndAsync(string room, Grant grant, CancellationToken cancel);

    /// <summary>All rooms that there are now.</summary>
    Task<IReadOnlyCollection<RoomState>> StatesAsync(CancellationToken cancel);

    /// <summary>Told of each room's changes. Dispose to end it.</summary>
    IDisposable Watch(Action<RoomState> changed);
}
