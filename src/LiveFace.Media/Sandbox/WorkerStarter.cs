namespace LiveFace.Media.Sandbox;

/// <summary>Starts a worker, and tries ever more rarely where that fails.</summary>
internal sealed class WorkerStarter(SandboxMode mode, WorkerCommand command, Action<WorkerProcess> offer, Action<string> fail)
{
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    public async Task StartAsync(CancellationToken stop)
    {
        await Task.Yield();
        var wait = ShortestRetry;
        while (!stop.IsCancellationRequested)
        {
            if (await TryStartAsync(stop))
                return;
            await Task.Delay(wait, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry;
        }
    }

    /// <summary>False where it is to be tried again.</summary>
    private async Task<bool> TryStartAsync(CancellationToken stop)
    {
        try
        {
            var worker = await WorkerProcess.StartAsync(command, stop);
            if (worker.Problem is not { } problem || mode != SandboxMode.Required)
            {
                offer(worker);
                return true;
            }

            worker.Dispose();
            fail($"Decoders cannot be confined, as Media:Sandbox requires: {problem}");
        }
        catch (IOException error)
        {
            fail(error.Message);
        }
        catch (OperationCanceledException)
        {
            return true;
        }
#pragma warning disable CA1031 // Whatever it is, without another try nothing would ever be decoded again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            FaultReports.Report("decoder start", error);
            fail($"Decoders' processes do not start: {error.Message}");
        }

        return false;
    }
}
