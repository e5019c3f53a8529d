namespace LiveFace.Cluster.Ownership;

/// <summary>
/// Keeps this node's lease: begins a tenure, renews it five times in its length, and when it is lost lets everything go before it begins
/// another. The lease's end is not kept here but looked at by whatever leaves the node; this loop may be late, and nothing is shown.
/// </summary>
public sealed partial class TenureKeeper(
    OwnerTable table, RoomOwners owners, Lease lease, NodeIdentity node, TimeSpan length, ITenureEvents events, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);
    private const int RoundsBetweenSweeps = 60;

    private long _tenure;

    /// <summary>Why this node owns nothing now; null while it has its lease.</summary>
    public string? Problem => lease.IsOpen ? null : "This node has no lease of the cluster's database, and shows nothing.";

    /// <summary>Runs until it is stopped; then the lease ends, and with it what it held.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var opened = false;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    if (!opened)
                        await table.OpenAsync(stop).ConfigureAwait(false);
                    opened = true;
                    if (await TryBeginAsync(stop).ConfigureAwait(false))
                        await KeepAsync(stop).ConfigureAwait(false);
                }
                catch (ClusterException error)
                {
                    LogUnreachable(logger, error.InnerException?.Message ?? error.Message);
                }

                await LoseAsync(stop).ConfigureAwait(false);
                await Task.Delay(BetweenTries, clock, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was told to.
        }
    }

    /// <summary>Owns nothing from now on, whatever the store still says: nothing more is shown or written.</summary>
    public void LetGo()
    {
        lease.Close();
        owners.Lose();
    }

    /// <summary>Ends the tenure so that others need not wait for the lease to end. All has been let go before.</summary>
    public async Task EndAsync(CancellationToken cancel)
    {
        var tenure = Interlocked.Exchange(ref _tenure, 0);
        LetGo();
        if (tenure != 0)
            await table.EndAsync(tenure, cancel).ConfigureAwait(false);
    }

    private async Task<bool> TryBeginAsync(CancellationToken stop)
    {
        var askedAt = BootClock.Now();
        if (await table.BeginAsync(owners.Node, node, length, stop).ConfigureAwait(false) is not { } tenure)
        {
            LogNameTaken(logger, owners.Node);
            return false;
        }

        _tenure = tenure;
        if (!await table.RenewAsync(tenure, length, events.Report(), stop).ConfigureAwait(false))
            return false;
        owners.Begin(tenure);
        lease.Extend(askedAt, length);
        LogBegan(logger, owners.Node, tenure);
        return true;
    }

    private async Task KeepAsync(CancellationToken stop)
    {
        for (var round = 1; ; round++)
        {
            await Task.Delay(length / 5, clock, stop).ConfigureAwait(false);
            var askedAt = BootClock.Now();

            // One that woke up late asks no more: what it held may be another's.
            if (!lease.IsOpen)
                return;
            try
            {
                if (!await table.RenewAsync(_tenure, length, events.Report(), stop).ConfigureAwait(false))
                    return;
                lease.Extend(askedAt, length);
                await CompareAsync(stop).ConfigureAwait(false);
                if (round % RoundsBetweenSweeps == 0)
                    await table.SweepAsync(length, stop).ConfigureAwait(false);
            }
            catch (ClusterException error)
            {
                LogUnreachable(logger, error.InnerException?.Message ?? error.Message);
            }
        }
    }

    private async Task CompareAsync(CancellationToken stop)
    {
        var before = owners.Held;
        var stored = (await table.HeldAsync(_tenure, stop).ConfigureAwait(false)).ToDictionary(held => held.Room, held => held.Epoch, StringComparer.Ordinal);
        if (owners.Compare(stored, before) is { Count: > 0 } lost)
        {
            LogRoomsLost(logger, lost.Count);
            events.RoomsLost(lost);
        }

        foreach (var room in events.Idle(owners.Held))
            await owners.ReleaseAsync(room, stop).ConfigureAwait(false);
    }

    private async Task LoseAsync(CancellationToken stop)
    {
        if (Interlocked.Exchange(ref _tenure, 0) == 0)
            return;
        LetGo();
        LogLost(logger, owners.Node);
        await events.TenureLostAsync(stop).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Node} has its lease (tenure {Tenure})")]
    private static partial void LogBegan(ILogger logger, string node, long tenure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Node {Node} lost its lease: its rooms end")]
    private static partial void LogLost(ILogger logger, string node);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} rooms are no longer this node's, and end here")]
    private static partial void LogRoomsLost(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster's database does not answer: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another node, or an earlier life of this one, has the name {Node} until its lease ends")]
    private static partial void LogNameTaken(ILogger logger, string node);
}
