using LiveFace.Media.Frames;
using LiveFace.Redaction.Exemptions;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// Looks at who exempt tracks are, in rooms whose policy exempts any. One look at a time, always of the newest frame,
/// on a thread of its own: nothing that hides ever waits for it, and while it has not answered, everybody is hidden.
/// </summary>
internal sealed class RoomIdentity(string room, IDetectorShelf shelf) : IDisposable
{
    private const int Niceness = 5;

    private readonly ExemptionWatch _watch = new(people: person => shelf.FindPerson(person, room));
    private FaceThread<FaceEmbedding?>? _thread;
    private FaceIdentifierLane? _lane;

    /// <summary>Takes the tracks of a frame which nobody has changed yet, and marks those that are left alone.</summary>
    public void See(VideoFrame frame, FrameTracks tracks, PolicySnapshot policy, VisionState state)
    {
        if (_thread is { } thread && thread.TryTake(out var track, out var taken, out var seen))
            _watch.Answer(track, taken, seen);
        _watch.Follow(tracks, policy, state);
        if (policy.ExemptsAnybody && IsReady() && _thread!.IsIdle && _watch.TryNext(out var next, out var box) &&
            !TryBegin(frame, next, box, tracks.Mark))
            _watch.Answer(next, tracks.Mark, seen: null);
    }

    public void Dispose()
    {
        _watch.Clear();
        _thread?.Dispose();
    }

    private bool TryBegin(VideoFrame frame, int track, BoxF box, in FrameMark mark)
    {
        if (!_lane!.Sample(frame, box))
            return false;
        _thread!.Begin(track, mark);
        return true;
    }

    private bool IsReady()
    {
        if (_thread is null && shelf.FindIdentifier(out var identifier) == ShelfState.Ready)
        {
            var lane = _lane = identifier!.OpenLane();
            _thread = new("identity", room, Niceness, () => lane.Infer() ? lane.Seen : null, lane.Dispose);
        }

        return _thread is not null;
    }
}
