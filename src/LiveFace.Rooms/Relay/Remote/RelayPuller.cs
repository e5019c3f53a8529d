namespace LiveFace.Rooms.Relay.Remote;

/// <summary>Keeps a lane's stream: pulls, and when it ends or breaks pulls anew, until nobody wants it.</summary>
internal sealed class RelayPuller(RelayLane lane, IRelayUpstream upstream, RelayMeter meter, RoomParts parts, Action<RoomRefusedException?> failed)
{
    private readonly CancellationTokenSource _stop = new();
    private int _stopped;

    /// <summary>Completes when it has stopped; never fails.</summary>
    public Task Done { get; private set; } = Task.CompletedTask;

    public void Start() => Done = RunAsync();

    /// <summary>Ends the stream; safe to call more than once.</summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
            return;
        lane.End();
        _stop.Cancel();
    }

    private async Task RunAsync()
    {
        // Whoever starts it holds a lock.
        await Task.Yield();
        var backoff = new RelayBackoff();
        while (!_stop.IsCancellationRequested)
        {
            var taken = lane.Taken;
            await PullAsync();
            await Task.Delay(backoff.Next(lane.Taken > taken), parts.Clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PullAsync()
    {
        meter.StreamOpened();
        RoomRefusedException? refusal = null;
        try
        {
            lane.ForgetDemand();
            await upstream.PullAsync(lane, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
        catch (RoomRefusedException refused)
        {
            refusal = refused;
        }
        catch (RelayBrokenException)
        {
            // The next try tells.
        }
#pragma warning disable CA1031 // Nobody awaits it; the next try may do.
        catch (Exception error)
#pragma warning restore CA1031
        {
            parts.Report("relay", error);
        }
        finally
        {
            meter.StreamClosed();
        }

        failed(refusal);
    }
}
