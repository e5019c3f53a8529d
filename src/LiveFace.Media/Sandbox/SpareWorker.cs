using System.Diagnostics;
using LiveFace.Media.Images;

namespace LiveFace.Media.Sandbox;

/// <summary>The worker that stands ready for whoever comes next, started again and again until it does.</summary>
internal sealed class SpareWorker(SandboxMode mode, WorkerCommand command, Action<WorkerEnd> count, Action ready) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly object _gate = new();
    private WorkerProcess? _worker;
    private bool _starting;
    private string? _failure;
    private string? _refusal;

    /// <summary>Why no worker starts, and what the confinement of the last one lacks; null where nothing is wrong.</summary>
    public (string? Failure, string? Refusal) State
    {
        get
        {
            lock (_gate)
                return (_failure, _refusal);
        }
    }

    public void Start()
    {
        lock (_gate)
            StartUnderLock();
    }

    /// <summary>The worker that stands ready, if one does; the next one starts.</summary>
    public WorkerProcess? TryTake(out bool hasFailed)
    {
        lock (_gate)
        {
            var worker = _worker is { HasEnded: false } one ? one : null;
            if (worker is null)
                _worker?.Dispose();
            _worker = null;
            StartUnderLock();
            hasFailed = _failure is not null;
            return worker;
        }
    }

    /// <summary>Waits for a worker, or for the next try to fail.</summary>
    /// <exception cref="ImageException">There is none to be had, or there was none for too long.</exception>
    public void Wait(long began)
    {
        lock (_gate)
        {
            if (_failure is not null && mode == SandboxMode.Required)
                throw new ImageException(ImageError.Unsupported, "Pictures cannot be read, because their reader cannot be confined.");
            if (_stop.IsCancellationRequested || Stopwatch.GetElapsedTime(began) > LongestWait)
                throw new ImageException(ImageError.Unsupported, "Pictures cannot be read now; try again in a minute.");
            if (_worker is null)
                Monitor.Wait(_gate, LongestWait);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        lock (_gate)
        {
            _worker?.Dispose();
            _worker = null;
            Monitor.PulseAll(_gate);
        }
    }

    private void StartUnderLock()
    {
        if (_starting || _worker is not null || _stop.IsCancellationRequested)
            return;
        _starting = true;
        _ = new WorkerStarter(mode, command, Offer, Fail).StartAsync(_stop.Token);
    }

    private void Offer(WorkerProcess worker)
    {
        lock (_gate)
        {
            _starting = false;
            (_failure, _refusal) = (null, worker.Problem);
            if (_stop.IsCancellationRequested)
                worker.Dispose();
            else
                _worker = worker;
            Monitor.PulseAll(_gate);
        }

        ready();
    }

    private void Fail(string problem)
    {
        count(WorkerEnd.NotStarted);
        lock (_gate)
        {
            _failure = problem;
            Monitor.PulseAll(_gate);
        }
    }
}
