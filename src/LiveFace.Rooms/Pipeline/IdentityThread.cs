using LiveFace.Media;
using LiveFace.Media.Frames;
using LiveFace.Media.Native;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// The thread on which one room's exempt faces are looked at. All but the look itself belongs to the picture thread. A
/// look that never comes back holds up nobody; whom it was about is hidden.
/// </summary>
internal sealed class IdentityThread : IDisposable
{
    private const int Idle = 0;
    private const int Sampled = 1;
    private const int Answered = 2;
    private const int Niceness = 5;

    private readonly FaceIdentifierLane _lane;
    private readonly AutoResetEvent _work = new(initialState: false);
    private int _state;
    private int _track;
    private FrameMark _taken;
    private bool _isFace;
    private volatile bool _stop;

    public IdentityThread(FaceIdentifierLane lane, string room)
    {
        _lane = lane;
        new Thread(Run) { IsBackground = true, Name = $"identity {room}" }.Start();
    }

    public bool IsIdle => Volatile.Read(ref _state) == Idle;

    /// <summary>Begins a look at a track; false when its face is too small.</summary>
    public bool TryBegin(VideoFrame frame, int track, BoxF box, in FrameMark mark)
    {
        if (!_lane.Sample(frame, box))
            return false;
        (_track, _taken) = (track, mark);
        Volatile.Write(ref _state, Sampled);
        _work.Set();
        return true;
    }

    /// <summary>The answer that has come, if any; what was seen stands until the next look begins.</summary>
    public bool TryTake(out int track, out FrameMark taken, out FaceEmbedding? seen)
    {
        (track, taken, seen) = (_track, _taken, null);
        if (Volatile.Read(ref _state) != Answered)
            return false;
        seen = _isFace ? _lane.Seen : null;
        Volatile.Write(ref _state, Idle);
        return true;
    }

    /// <summary>Lets the thread end after the look that is under way; the thread closes the lane.</summary>
    public void Dispose()
    {
        _stop = true;
        _work.Set();
    }

    private void Run()
    {
        // Below everything that pictures need.
        ThreadNiceness.Add(Niceness);
        while (true)
        {
            _work.WaitOne();
            if (_stop)
                break;
            if (Volatile.Read(ref _state) != Sampled)
                continue;
            _isFace = Look();
            Volatile.Write(ref _state, Answered);
        }

        _lane.Dispose();
        _work.Dispose();
    }

    private bool Look()
    {
        try
        {
            return _lane.Infer();
        }
#pragma warning disable CA1031 // A model may throw anything; nobody is known then, and everybody is hidden.
        catch (Exception error)
#pragma warning restore CA1031
        {
            FaultReports.Report("identity", error);
            return false;
        }
    }
}
