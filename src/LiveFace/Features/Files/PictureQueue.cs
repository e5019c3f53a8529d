using System.Collections.Concurrent;
using LiveFace.Http;
using LiveFace.Media.Native;
using LiveFace.Telemetry;

namespace LiveFace.Features.Files;

/// <summary>
/// Works on pictures one after another, on one thread below the live rooms' threads. Bounded: whoever comes when it is full
/// is sent away.
/// </summary>
internal sealed class PictureQueue : IDisposable
{
    public const int MostWaiting = 8;

    /// <summary>A room's thread gets nine times what this one gets where both want all of a core.</summary>
    public const int Niceness = 10;

    private readonly BlockingCollection<Action> _work = new(MostWaiting);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lazy<Thread> _thread;

    public PictureQueue(FaultSink faults) => _thread = new Lazy<Thread>(() =>
    {
        var thread = new Thread(() => Work(faults)) { IsBackground = true, Name = "pictures" };
        thread.Start();
        return thread;
    });

    /// <summary>Does the work when its turn comes.</summary>
    /// <exception cref="ProblemException">As many are waiting as may.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, T> work, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _stop.Token);
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var token = either.Token;
        if (!_work.TryAdd(() => Complete(work, done, token)))
            throw new ProblemException(Problem.TooBusy, "Other pictures are waiting already; try again in a few seconds.");
        _ = _thread.Value;
        return await done.Task;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _work.CompleteAdding();
        if (_thread.IsValueCreated)
            _thread.Value.Join();
        _work.Dispose();
        _stop.Dispose();
    }

    private void Work(FaultSink faults)
    {
        ThreadNiceness.Add(Niceness);
        foreach (var next in _work.GetConsumingEnumerable())
            faults.Guard("pictures", next);
    }

    private static void Complete<T>(Func<CancellationToken, T> work, TaskCompletionSource<T> done, CancellationToken cancel)
    {
        try
        {
            cancel.ThrowIfCancellationRequested();
            done.SetResult(work(cancel));
        }
        catch (OperationCanceledException)
        {
            done.SetCanceled(cancel);
        }
#pragma warning disable CA1031 // Whatever happens is told to whoever waits for it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            done.SetException(error);
        }
    }
}
