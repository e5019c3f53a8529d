using LiveFace.Rooms;
using LiveFace.Storage;

namespace LiveFace.Features.Rooms;

/// <summary>Has the rooms of this server take up what another server kept of them.</summary>
internal sealed class KeptRooms(IRoomDirectory rooms) : IStoreListener
{
    public IReadOnlyCollection<string> Tables { get; } = ["policies", "moderation"];

    public void Changed(IReadOnlyCollection<string> keys)
    {
        foreach (var room in keys)
            (rooms.Find(room) as IKeptRoom)?.TakeUp();
    }

    public void Reload()
    {
        foreach (var room in rooms.All)
            (room as IKeptRoom)?.TakeUp();
    }
}
