using LiveFace.Media;
using LiveFace.Media.Frames;
using LiveFace.Media.Native;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// The thread on which one room's faces are read. All but the reading itself belongs to the picture thread. A reading that never
/// comes back holds up nobody.
/// </summary>
internal sealed class ReadingThread : IDisposable
{
    private const int Idle = 0;
    private const int Sampled = 1;
    private const int Answered = 2;
    private const int Niceness = 10;

    private readonly IFaceReaderLane _lane;
    private readonly AutoResetEvent _work = new(initialState: false);
    private int _state;
    private int _track;
    private FrameMark _taken;
    private FaceReading? _reading;
    private volatile bool _stop;

    public ReadingThread(IFaceReaders readers, string room)
    {
        Traits = readers.Tells;
        _lane = readers.OpenLane();
        new Thread(Run) { IsBackground = true, Name = $"reading {room}" }.Start();
    }

    /// <summary>What it reads.</summary>
    public FaceTraits Traits { get; }

    public bool IsIdle => Volatile.Read(ref _state) == Idle;

    /// <summary>Copies a track's face out of a frame and begins to read it; false when it cannot be cut out.</summary>
    public bool TryBegin(VideoFrame frame, in Track track, in FrameMark mark)
    {
        if (!_lane.Sample(frame, track.Box, track.Landmarks))
            return false;
        (_track, _taken) = (track.Id, mark);
        Volatile.Write(ref _state, Sampled);
        _work.Set();
        return true;
    }

    /// <summary>The answer that has come, if any; null in it says that the face could not be read.</summary>
    public bool TryTake(out int track, out FrameMark taken, out FaceReading? reading)
    {
        (track, taken, reading) = (_track, _taken, null);
        if (Volatile.Read(ref _state) != Answered)
            return false;
        (reading, _reading) = (_reading, null);
        Volatile.Write(ref _state, Idle);
        return true;
    }

    /// <summary>Lets the thread end after the reading that is under way.</summary>
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
            _reading = Read();
            Volatile.Write(ref _state, Answered);
        }

        _work.Dispose();
    }

    private FaceReading? Read()
    {
        try
        {
            return _lane.Infer();
        }
#pragma warning disable CA1031 // A model may throw anything; nothing is known then.
        catch (Exception error)
#pragma warning restore CA1031
        {
            FaultReports.Report("reading", error);
            return null;
        }
    }
}
