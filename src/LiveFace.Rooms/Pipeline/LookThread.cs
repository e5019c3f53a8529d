using LiveFace.Vision.Detection;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// A thread of its own for one model of one room: inference runs beside the picture, and one that takes long, or never
/// comes back, holds up nobody else.
/// </summary>
internal sealed class LookThread : IDisposable
{
    private readonly Eye _eye;
    private readonly AutoResetEvent _work = new(initialState: false);
    private readonly AutoResetEvent _answered;
    private volatile bool _stop;

    public LookThread(Eye eye, AutoResetEvent answered, string room)
    {
        _eye = eye;
        _answered = answered;
        new Thread(Run) { IsBackground = true, Name = $"look {eye.Detector.ModelId} {room}" }.Start();
    }

    /// <summary>Looks at what the eye has sampled.</summary>
    public void Begin() => _work.Set();

    /// <summary>
    /// Lets the thread end after the look that is under way. The eye is closed by the thread, since a model that is
    /// stuck may still be using it.
    /// </summary>
    public void Dispose()
    {
        _stop = true;
        _work.Set();
    }

    private void Run()
    {
        while (true)
        {
            _work.WaitOne();
            if (_stop)
                break;
            if (_eye.Infer())
                _answered.Set();
        }

        _eye.Dispose();
        _work.Dispose();
    }
}
