using System.Runtime.InteropServices;

namespace LiveFace.Hosting;

/// <summary>
/// Waits for Ctrl-C, SIGTERM or the caller. The server stops by itself after that rather than by the host's console
/// lifetime, which would close hub connections before anybody is told why.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public StopSignal()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    /// <summary>Completes with the second signal: whoever gives it is in a hurry.</summary>
    public Task Second => _second.Task;

    public static async Task WaitAsync(CancellationToken cancel)
    {
        using var signal = new StopSignal();
        await signal.FirstAsync(cancel);
    }

    public Task FirstAsync(CancellationToken cancel) =>
        Task.WhenAny(_first.Task, Task.Delay(Timeout.Infinite, cancel));

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (!_first.TrySetResult())
            _second.TrySetResult();
    }
}

/// <summary>Leaves signals to <see cref="StopSignal"/>.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
