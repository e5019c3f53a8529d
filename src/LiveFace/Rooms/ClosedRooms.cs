using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms;

/// <summary>Where no pipeline is installed there are no rooms, and every session is refused with a reason.</summary>
internal sealed class ClosedRooms : IRoomDirectory
{
    public IReadOnlyCollection<IRoom> All => [];

    public IRoom? Find(string name) => null;

    public IRoom GetOrAdd(string name) => throw new RoomRefusedException(
        RoomRefusal.TooBusy, "This server has no redaction pipeline, and without one it takes no video.", TimeSpan.FromMinutes(1));

    public RedactionPolicy PolicyOf(string name) => PolicyPresets.BlurFaces;

    public IDisposable Watch(Action<RoomState> changed) => new CancellationTokenSource();

    public Task DrainAsync(CancellationToken cancellation) => Task.CompletedTask;
}
