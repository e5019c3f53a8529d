using LiveFace.Media.Frames;
using LiveFace.Redaction.Exemptions;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// Looks at who exempt tracks are, in rooms whose policy exempts any. One look at a time, always of the newest frame,
/// on a thread of its own: nothing that hides ever waits for it, and while it has not answered, everybody is hidden.
/// </summary>
internal sealed class RoomIdentity(string room, IDetectorShelf shelf) : IDisposable
{
    private readonly ExemptionWatch _watch = new(people: person => shelf.FindPerson(person, room));
    private IdentityThread? _thread;

    /// <summary>Takes the tracks of a frame which nobody has changed yet, and marks those that are left alone.</summary>
    public void See(VideoFrame frame, FrameTracks tracks, PolicySnapshot policy, VisionState state)
    {
        if (_thread is { } thread && thread.TryTake(out var track, out var taken, out var seen))
            _watch.Answer(track, taken, seen);
        _watch.Follow(tracks, policy, state);
        if (policy.ExemptsAnybody && IsReady() && _thread!.IsIdle && _watch.TryNext(out var next, out var box) &&
            !_thread.TryBegin(frame, next, box, tracks.Mark))
            _watch.Answer(next, tracks.Mark, seen: null);
    }

    public void Dispose()
    {
        _watch.Clear();
        _thread?.Dispose();
    }

    private bool IsReady()
    {
        if (_thread is null && shelf.FindIdentifier(out var identifier) == ShelfState.Ready)
            _thread = new IdentityThread(identifier!.OpenLane(), room);
        return _thread is not null;
    }
}
