using Grpc.Core;
using LiveFace.Rooms;
using LiveFace.Rooms.Relay;

namespace LiveFace.Cluster.Relay;

/// <summary>
/// The owner's end: proves itself, has the other node prove itself, and then writes what the room's feed holds, each message with
/// the epoch by which this node owns the room. The room never waits for it.
/// </summary>
public sealed class RelayService(IRelaySource rooms, IRoomOwners owners, string secret, RelayMeter meter, TimeProvider clock) : RelayServiceBase
{
    private static readonly TimeSpan Handshake = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly RelayProof _proof = new(secret);

    /// <inheritdoc/>
    public override async Task Pull(IAsyncStreamReader<RelayAsk> asks, IServerStreamWriter<RelayTell> tells, ServerCallContext context)
    {
        var tell = new RelayTell();
        var (open, epoch) = await AgreeAsync(asks, tells, tell, context.CancellationToken);
        using var feed = Open(open, epoch);
        var wishes = ReadDemandsAsync(asks, feed, context.CancellationToken);
        await using var alive = clock.CreateTimer(static feed => ((RelayFeed)feed!).Wake(), feed, Quiet, Quiet);
        try
        {
            while (await feed.WaitAsync())
                await WriteAsync(feed, open.Room, tells, tell);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or InvalidOperationException && wishes.IsCompleted)
        {
            // The other node has left.
        }
    }

    private async Task WriteAsync(RelayFeed feed, string room, IServerStreamWriter<RelayTell> tells, RelayTell tell)
    {
        var wrote = false;
        while (feed.TryTake(out var parcel))
        {
            RefuseUnlessOwned(room, feed.Epoch);
            tell.Set(parcel, feed.Epoch);
            await tells.WriteAsync(tell);
            feed.Return(parcel);
            wrote = true;
        }

        if (wrote || feed.IsEnded)
            return;
        RefuseUnlessOwned(room, feed.Epoch);
        tell.SetAlive(feed.Epoch);
        await tells.WriteAsync(tell);
    }

    private async Task<(RelayAsk Open, long Epoch)> AgreeAsync(
        IAsyncStreamReader<RelayAsk> asks, IServerStreamWriter<RelayTell> tells, RelayTell tell, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var timer = clock.CreateTimer(static limit => ((CancellationTokenSource)limit!).Cancel(), limit, Handshake, Timeout.InfiniteTimeSpan);
        var open = await NextAsync(asks, RelayAsk.Kinds.Open, limit.Token);
        var epoch = owners.EpochHere(open.Room) ?? throw NotOwner();
        var stream = new RelayProof.Stream(open.Room, open.Codec, epoch, open.Secret, RelayProof.Nonce());
        tell.SetHello(epoch, [.. stream.OwnersNonce, .. _proof.Owners(stream)]);
        await tells.WriteAsync(tell, limit.Token);
        var proof = await NextAsync(asks, RelayAsk.Kinds.Prove, limit.Token);
        return _proof.IsPullers(proof.Secret, stream)
            ? (open, epoch)
            : throw new RpcException(new Status(StatusCode.Unauthenticated, "The caller does not know the cluster's secret."));
    }

    private RelayFeed Open(RelayAsk open, long epoch)
    {
        try
        {
            return rooms.Feed(open.Room, open.Codec, epoch, meter);
        }
        catch (RoomRefusedException refused)
        {
            throw new RpcException(new Status(
                refused.Reason == RoomRefusal.RoomEmpty ? StatusCode.NotFound : StatusCode.ResourceExhausted, refused.Message));
        }
    }

    private void RefuseUnlessOwned(string room, long epoch)
    {
        if (owners.EpochHere(room) != epoch)
            throw NotOwner();
    }

    private static RpcException NotOwner() => new(new Status(StatusCode.FailedPrecondition, "The room is not this node's."));

    private static async Task<RelayAsk> NextAsync(IAsyncStreamReader<RelayAsk> asks, RelayAsk.Kinds kind, CancellationToken cancellation) =>
        await asks.MoveNext(cancellation) && asks.Current.Kind == kind
            ? asks.Current
            : throw new RpcException(new Status(StatusCode.InvalidArgument, "This is not how a relay begins."));

    /// <summary>Ends the feed when the other node leaves, however it does.</summary>
    private static async Task ReadDemandsAsync(IAsyncStreamReader<RelayAsk> asks, RelayFeed feed, CancellationToken cancellation)
    {
        try
        {
            while (await asks.MoveNext(cancellation))
                feed.Demand(asks.Current.Demand);
        }
        catch (Exception error) when (error is OperationCanceledException or RpcException or IOException or InvalidOperationException or RelayFormatException)
        {
            // It broke off, or wrote what is none of ours.
        }
        finally
        {
            feed.Dispose();
        }
    }
}
