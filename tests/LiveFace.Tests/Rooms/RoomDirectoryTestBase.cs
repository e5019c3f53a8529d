using LiveFace.Rooms;

namespace LiveFace.Tests.Rooms;

/// <summary>A directory of rooms over a database of its own.</summary>
public abstract class RoomDirectoryTestBase : IDisposable
{
    private protected readonly RoomsRig _rig = new();

    public void Dispose()
    {
        _rig.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected RoomDirectory Rooms(Action<RoomOptions>? change = null, bool measured = false) => _rig.Open(change, measured);
}
