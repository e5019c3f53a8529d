using System.Runtime.InteropServices;

namespace LiveFace.Hosting;

/// <summary>
/// Waits for Ctrl-C, SIGTERM or the caller. The server stops by itself after that rather than by the host's console
/// lifetime, which would close hub connections before anybody is told why.
/// </summary>
internal static class StopSignal
{
    public static async Task WaitAsync(CancellationToken cancel)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var cancelled = cancel.Register(() => stop.TrySetResult());
        await stop.Task;
    }
}

/// <summary>Leaves signals to <see cref="StopSignal"/>.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
