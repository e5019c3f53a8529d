using LiveFace.Media;
using LiveFace.Media.Native;
using LiveFace.Vision.Detection;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// The thread on which something is asked of one room's faces, one at a time, below everything that pictures need. All but the
/// asking itself belongs to the picture thread. An answer that never comes holds up nobody.
/// </summary>
/// <typeparam name="TAnswer">The answer; its default says that nothing could be told.</typeparam>
/// <param name="place">What faults are reported under.</param>
/// <param name="room">The room, for the thread's name.</param>
/// <param name="niceness">How far below.</param>
/// <param name="ask">Asks of the face that was sampled last.</param>
/// <param name="closed">Called by the thread as its last act, since a model that is stuck may still be using what it closes.</param>
internal sealed class FaceThread<TAnswer>(string place, string room, int niceness, Func<TAnswer> ask, Action closed) : IDisposable
{
    private const int Idle = 0;
    private const int Sampled = 1;
    private const int Answered = 2;

    private readonly AutoResetEvent _work = new(initialState: false);
    private Thread? _thread;
    private int _state;
    private int _track;
    private FrameMark _taken;
    private TAnswer? _answer;
    private volatile bool _stop;

    /// <summary>Whether a face may be sampled for it.</summary>
    public bool IsIdle => Volatile.Read(ref _state) == Idle;

    /// <summary>Begins to ask of a track whose face has been sampled.</summary>
    public void Begin(int track, in FrameMark mark)
    {
        (_track, _taken) = (track, mark);
        Volatile.Write(ref _state, Sampled);
        _work.Set();
        if (_thread is null)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = $"{place} {room}" };
            _thread.Start();
        }
    }

    /// <summary>The answer that has come, if any; it stands until the next face is sampled.</summary>
    public bool TryTake(out int track, out FrameMark taken, out TAnswer? answer)
    {
        (track, taken, answer) = (_track, _taken, default);
        if (Volatile.Read(ref _state) != Answered)
            return false;
        (answer, _answer) = (_answer, default);
        Volatile.Write(ref _state, Idle);
        return true;
    }

    /// <summary>Lets the thread end after the answer that it is at.</summary>
    public void Dispose()
    {
        _stop = true;
        if (_thread is null)
            Close();
        else
            _work.Set();
    }

    private void Run()
    {
        ThreadNiceness.Add(niceness);
        while (true)
        {
            _work.WaitOne();
            if (_stop)
                break;
            if (Volatile.Read(ref _state) != Sampled)
                continue;
            _answer = Ask();
            Volatile.Write(ref _state, Answered);
        }

        Close();
    }

    private TAnswer? Ask()
    {
        try
        {
            return ask();
        }
#pragma warning disable CA1031 // A model may throw anything; nothing is known then.
        catch (Exception error)
#pragma warning restore CA1031
        {
            FaultReports.Report(place, error);
            return default;
        }
    }

    private void Close()
    {
        closed();
        _work.Dispose();
    }
}
