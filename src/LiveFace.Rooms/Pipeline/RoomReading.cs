using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Redaction.Readings;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// Reads faces in rooms whose policy asks for it: one at a time, so many a second, on a thread of its own below all others. Nothing
/// that hides ever waits for it, and the shorter the room is of time, the fewer it begins.
/// </summary>
internal sealed class RoomReading(string room, IDetectorShelf shelf, double perSecond) : IDisposable
{
    private const int Niceness = 10;

    private readonly ReadingWatch _watch = new(new ReadingOptions { PerSecond = perSecond });
    private FaceThread<FaceReading?>? _thread;
    private IFaceReaderLane? _lane;
    private FaceTraits _reads;

    /// <summary>Takes the tracks of a frame which nobody has changed yet, and tells them what is known of their faces.</summary>
    public void See(VideoFrame frame, FrameTracks tracks, PolicySnapshot policy, VisionState state, LoadLevel load)
    {
        if (_thread is { } thread && thread.TryTake(out var track, out var taken, out var reading))
            _watch.Answer(track, taken, reading);
        _watch.Follow(tracks, policy, state);
        if (policy.Reads == FaceTraits.None)
            Close();
        else if (load.Level < LoadLevel.Most && IsReady(policy.Reads) && _thread!.IsIdle && _watch.TryNext(tracks, out var next, 1 << load.Level) &&
            !TryBegin(frame, next, tracks.Mark))
            _watch.Answer(next.Id, tracks.Mark, reading: null);
    }

    public void Dispose()
    {
        _watch.Clear();
        Close();
    }

    private bool TryBegin(VideoFrame frame, in Track track, in FrameMark mark)
    {
        if (!_lane!.Sample(frame, track.Box, track.Landmarks))
            return false;
        _thread!.Begin(track.Id, mark);
        return true;
    }

    private bool IsReady(FaceTraits traits)
    {
        if (_thread is not null && _reads != traits)
            Close();
        if (_thread is null && shelf.FindReaders(traits, out var readers) == ShelfState.Ready)
        {
            var lane = _lane = readers!.OpenLane();
            _reads = readers.Tells;
            _thread = new("reading", room, Niceness, () => lane.Infer(), () => { });
        }

        return _thread is not null;
    }

    private void Close()
    {
        _thread?.Dispose();
        _thread = null;
    }
}
