using Grpc.Core;
using LiveFace.Rooms;
using LiveFace.Rooms.Relay.Remote;

namespace LiveFace.Cluster.Relay;

/// <summary>The viewers' node's end: pulls from whoever owns the room, and gives up a stream that falls silent.</summary>
public sealed class RelayClient(IRelayOwners owners, RelayChannels channels, string secret, TimeProvider clock) : IRelayUpstream
{
    /// <summary>An owner that shows nothing says so each second.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(4);

    // Wishes of many viewers in the same moment are one message.
    private static readonly TimeSpan BetweenDemands = TimeSpan.FromMilliseconds(20);

    private readonly RelayProof _proof = new(secret);

    /// <inheritdoc/>
    public async Task PullAsync(IRelaySink sink, CancellationToken cancellation)
    {
        var owner = await owners.FindAsync(sink.Room, cancellation)
            ?? throw new RoomRefusedException(RoomRefusal.RoomEmpty, "Nobody publishes to this room.", TimeSpan.FromSeconds(2));
        if (owner.Epoch < sink.LeastEpoch)
            throw new RelayBrokenException("The owner that was found has been followed by another.");
        using var channel = channels.Open(owner.Address);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            using var call = channel.Pull(silence.Token);
            await PullAsync(sink, call, silence);
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
