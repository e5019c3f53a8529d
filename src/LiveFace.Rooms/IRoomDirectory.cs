namespace LiveFace.Rooms;

/// <summary>All rooms of the server, as its doors (HTTP and the hub) see them. Safe to call from any thread.</summary>
public interface IRoomDirectory
{
    /// <summary>The rooms that are there now.</summary>
    IReadOnlyCollection<IRoom> All { get; }

    /// <summary>The room of this name, if it is there.</summary>
    IRoom? Find(string name);

    /// <summary>The room of this name, made with its stored policy if it is not there. The name has been checked.</summary>
    /// <exception cref="RoomRefusedException">There are as many rooms as there may be, or the server is stopping.</exception>
    IRoom GetOrAdd(string name);

    /// <summary>The policy that a room of this name has or would begin with.</summary>
    Redaction.Policy.RedactionPolicy PolicyOf(string name);

    /// <summary>Told of each room's changes, members or not; for those who watch names. Dispose to end it.</summary>
    IDisposable Watch(Action<RoomState> changed);

    /// <summary>Takes no more rooms or sessions, tells everybody, and closes every peer. Returns when all are gone.</summary>
    Task DrainAsync(CancellationToken cancellation);
}
