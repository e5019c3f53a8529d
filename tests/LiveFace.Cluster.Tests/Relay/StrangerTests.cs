using Grpc.Core;
using LiveFace.Cluster.Calls;
using LiveFace.Cluster.Relay;
using LiveFace.Media.Codecs;

namespace LiveFace.Cluster.Tests.Relay;

/// <summary>Whoever reaches the address for nodes, and speaks the relay's language without its secret.</summary>
public sealed class StrangerTests
{
    [Fact]
    public async Task Who_cannot_prove_the_secret_is_shown_nothing()
    {
        await using var owner = await OwnerNode.StartAsync();
        using var channels = new RelayChannels("stranger", new NodeSignature("whatever it may be, it is not known", TimeProvider.System), null);
        using var channel = channels.Open(owner.Address);
        using var call = channel.Pull(TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(RelayAsk.Open(OwnerNode.Room, VideoCodec.Vp8, RelayProof.Nonce()), TestContext.Current.CancellationToken);
        (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken)).ShouldBeTrue();
        call.ResponseStream.Current.Kind.ShouldBe(RelayTell.Kinds.Hello);

        // The owner's own proof sent back is none of the puller's.
        var proof = call.ResponseStream.Current.Payload[RelayAsk.NonceSize..].ToArray();
        await call.RequestStream.WriteAsync(RelayAsk.Prove(proof), TestContext.Current.CancellationToken);
        await owner.ShowAsync(3);
        var refused = await Should.ThrowAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
                call.ResponseStream.Current.Kind.ShouldBe(RelayTell.Kinds.Hello);
        });
        refused.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        owner.Feeds.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_no_message_is_refused_and_never_more_than_that()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(0, 80)];
            random.NextBytes(bytes);
            if (bytes.Length > 0)
                bytes[0] = (byte)random.Next(0, 6);
            Refuses(() => RelayAsk.Read(new(bytes)));
            Refuses(() => new RelayTell().Read(new(bytes)));
        }
    }

    private static void Refuses(Action read)
    {
        try
        {
            read();
        }
        catch (RelayFormatException)
        {
            // That is the one answer.
        }
    }
}
