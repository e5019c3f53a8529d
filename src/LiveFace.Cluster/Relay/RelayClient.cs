using Grpc.Core;
using LiveFace.Rooms;
using LiveFace.Rooms.Relay.Remote;

namespace LiveFace.Cluster.Relay;

/// <summary>The viewers' node's end: pulls from whoever owns the room, and gives up a stream that falls silent.</summary>
public sealed class RelayClient(IRoomOwners owners, RelayChannels channels, string secret, TimeProvider clock) : IRelayUpstream
{
    /// <summary>An owner that shows nothing says so each second.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    // As long as nobody has the room, or nobody can say who has.
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(10);

    // Wishes of many viewers in the same moment are one message.
    private static readonly TimeSpan BetweenDemands = TimeSpan.FromMilliseconds(20);

    private readonly RelayProof _proof = new(secret);

    /// <inheritdoc/>
    public async ValueTask<bool> IsElsewhereAsync(string room, CancellationToken cancellation)
    {
        try
        {
            return await owners.FindAsync(room, cancellation) is { } owner && owner.Node != owners.Node;
        }
        catch (ClusterException error)
        {
            throw new RoomRefusedException(RoomRefusal.TooBusy, error.Message, TimeSpan.FromSeconds(2));
        }
    }

    /// <inheritdoc/>
    public async Task PullAsync(IRelaySink sink, CancellationToken cancellation)
    {
        var owner = await FindAsync(sink.Room, cancellation)
            ?? throw new RoomRefusedException(RoomRefusal.RoomEmpty, "Nobody publishes to this room.", TimeSpan.FromSeconds(2));
        if (owner.Epoch < sink.LeastEpoch)
            throw new RelayBrokenException("The owner that was found has been followed by another.");
        if (owner.Node == owners.Node)
            throw new RelayHereException(owner.Epoch);
        using var channel = channels.Open(owner.Address);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            using var call = channel.Pull(silence.Token);
            var watching = WatchOwnerAsync(owner, silence);
            try
            {
                await PullAsync(sink, call, silence);
            }
            finally
            {
                await silence.CancelAsync();
                await watching;
            }
        }
        catch (RpcException error)
        {
            cancellation.ThrowIfCancellationRequested();
            throw error.StatusCode switch
            {
                StatusCode.NotFound => new RoomRefusedException(RoomRefusal.RoomEmpty, error.Status.Detail, TimeSpan.FromSeconds(2)),
                StatusCode.ResourceExhausted => new RoomRefusedException(RoomRefusal.RoomFull, error.Status.Detail, TimeSpan.FromSeconds(10)),
                _ => new RelayBrokenException($"The room's owner broke off ({error.StatusCode}).", error),
            };
        }
        catch (ObjectDisposedException error)
        {
            // The connection was closed under the call.
            cancellation.ThrowIfCancellationRequested();
            throw new RelayBrokenException("The connection to the room's owner was closed.", error);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new RelayBrokenException("The room's owner was silent.", error);
        }
    }

    private async Task PullAsync(IRelaySink sink, AsyncDuplexStreamingCall<RelayAsk, RelayTell> call, CancellationTokenSource silence)
    {
        await using var watch = clock.CreateTimer(static silence => ((CancellationTokenSource)silence!).Cancel(), silence, Silence, Timeout.InfiniteTimeSpan);
        var asks = call.RequestStream;
        var nonce = RelayProof.Nonce();
        await asks.WriteAsync(RelayAsk.Open(sink.Room, sink.Codec, nonce), silence.Token);
        if (!await call.ResponseStream.MoveNext(silence.Token))
            return;
        var receiver = RelayReceiver.For(sink, call.ResponseStream.Current, nonce, _proof, out var answer)
            ?? throw new RelayBrokenException("The other end did not prove to be the room's owner.");
        await asks.WriteAsync(RelayAsk.Prove(answer), silence.Token);
        var demands = WriteDemandsAsync(sink, asks, silence.Token);
        sink.Opened();
        try
        {
            while (await call.ResponseStream.MoveNext(silence.Token))
            {
                watch.Change(Silence, Timeout.InfiniteTimeSpan);
                var tell = call.ResponseStream.Current;
                receiver.Receive(tell);
                RelayContract.Return(tell);
            }
        }
        finally
        {
            await silence.CancelAsync();
            await demands;
        }
    }

    /// <summary>What lay in a socket while its owner slept is not shown once another has the room.</summary>
    private async Task WatchOwnerAsync(RoomOwner owner, CancellationTokenSource silence)
    {
        var knew = clock.GetTimestamp();
        using var timer = new PeriodicTimer(BetweenLooks, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(silence.Token))
            {
                var known = await LookAsync(owner.Room, silence.Token);
                if (known is { } now && now.Epoch == owner.Epoch)
                    knew = clock.GetTimestamp();
                else if (known is not null || clock.GetElapsedTime(knew) > Unknown)
                    await silence.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The stream has ended.
        }
    }

    /// <summary>Who has the room; nobody where the store does not answer.</summary>
    private async Task<RoomOwner?> LookAsync(string room, CancellationToken cancellation)
    {
        try
        {
            return await owners.FindAsync(room, cancellation);
        }
        catch (ClusterException)
        {
            return null;
        }
    }

    private async Task<RoomOwner?> FindAsync(string room, CancellationToken cancellation)
    {
        try
        {
            return await owners.FindAsync(room, cancellation);
        }
        catch (ClusterException error)
        {
            throw new RelayBrokenException(error.Message, error);
        }
    }

    private async Task WriteDemandsAsync(IRelaySink sink, IClientStreamWriter<RelayAsk> asks, CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                if (sink.TryTakeDemand(out var demand))
                    await asks.WriteAsync(RelayAsk.For(demand), cancellation);
                await Task.Delay(BetweenDemands, clock, cancellation);
                if (!await sink.WaitAsync().AsTask().WaitAsync(cancellation))
                    return;
            }
        }
        catch (Exception error) when (error is OperationCanceledException or RpcException or InvalidOperationException)
        {
            // The stream has ended; its reader says how.
        }
    }
}
