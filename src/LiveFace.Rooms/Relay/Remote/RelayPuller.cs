namespace LiveFace.Rooms.Relay.Remote;

/// <summary>Keeps a lane's stream: pulls, and when it ends or breaks pulls anew, until nobody wants it.</summary>
internal sealed class RelayPuller : IDisposable
{
    private readonly RelayLane _lane;
    private readonly RelayWays _ways;
    private readonly RelayMeter _meter;
    private readonly RoomParts _parts;
    private readonly Action<RoomRefusedException?> _failed;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private int _stopped;

    public RelayPuller(RelayLane lane, RelayWays ways, RelayMeter meter, RoomParts parts, Action<RoomRefusedException?> failed)
    {
        (_lane, _ways, _meter, _parts, _failed) = (lane, ways, meter, parts, failed);
        _stopping = _stop.Token;
    }

    /// <summary>Completes when it has stopped; never fails.</summary>
    public Task Done { get; private set; } = Task.CompletedTask;

    public void Start() => Done = RunAsync();

    /// <summary>Ends the stream; safe to call more than once.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
            return;
        _lane.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        // Whoever starts it holds a lock.
        await Task.Yield();
        var backoff = new RelayBackoff();
        while (!_stopping.IsCancellationRequested)
        {
            var taken = _lane.Taken;
            await PullAsync();
            await Task.Delay(backoff.Next(_lane.Taken > taken), _parts.Clock, _stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PullAsync()
    {
        RoomRefusedException? refusal = null;
        try
        {
            _lane.ForgetDemand();
            await PullOrServeAsync();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
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
            _parts.Report("relay", error);
        }

        _lane.Broken();
        _failed(refusal);
    }

    private async Task PullOrServeAsync()
    {
        _meter.StreamOpened();
        RelayHereException here;
        try
        {
            await _ways.Upstream.PullAsync(_lane, _stopping);
            return;
        }
        catch (RelayHereException found)
        {
            here = found;
        }
        finally
        {
            _meter.StreamClosed();
        }

        await _ways.ServeHereAsync(_lane, here.Epoch, _stopping);
    }
}
