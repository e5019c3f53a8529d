using System.Collections.Concurrent;
using LiveFace.Client;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>The .NET client on the hub of a node that is told to stop.</summary>
public sealed class ClientMoveTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_goes_to_the_node_that_it_is_told_of_and_is_in_its_rooms_there()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var a = await NodeProcess.StartAsync("a", postgres.Connection);
        await using var b = await NodeProcess.StartAsync("b", postgres.Connection);
        var room = await ClusterRooms.OwnedByAsync(postgres, a, "b");
        using var client = new LiveFaceClient(b.Address);
        await using var hub = await client.ConnectAsync(Cancel);
        var published = new ConcurrentQueue<bool>();
        var closed = false;
        hub.RoomChanged = state => published.Enqueue(state.Publisher is not null);
        hub.Closed = _ => closed = true;
        var policy = (await hub.JoinAsync(room, cancel: Cancel)).Policy;

        b.Terminate();
        await b.EndedAsync();
        await Eventually.IsAsync(() => client.Server == a.Address);

        // What is asked meanwhile waits until the other node answers.
        (await hub.GetPolicyAsync(room, Cancel)).NothingHidden.ShouldBe(policy.NothingHidden);
        (await client.GetRoomAsync(room, Cancel)).Members.ShouldBe(1);
        await using var publisher = await RoomPeer.PublishUntilTakenAsync(a, room);
        await Eventually.IsAsync(() => published.Contains(true));
        closed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_client_that_came_by_HTTPS_goes_to_no_node_in_the_clear()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var a = await NodeProcess.StartAsync("a", postgres.Connection);
        await using var b = await NodeProcess.StartAsync("b", postgres.Connection);
        await using var door = new TlsDoor { Behind = b.Address };
        using var client = new LiveFaceClient(door.Address, "a key that nobody else is to see");
        await using var hub = await client.ConnectAsync(Cancel);
        var sent = new TaskCompletionSource<string?>();
        hub.SaidGoodbye = told => sent.TrySetResult(told.To);
        await hub.JoinAsync("room", cancel: Cancel);

        b.Terminate();
        new Uri((await sent.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancel))!).ShouldBe(a.Address);
        await b.EndedAsync();
        client.Server.ShouldBe(door.Address);
        (await a.GetAsync("/api/rooms/room")).GetProperty("members").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_client_that_came_by_HTTPS_goes_where_HTTPS_is()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var b = await NodeProcess.StartAsync("b", postgres.Connection);
        await using var doorOfB = new TlsDoor { Behind = b.Address };
        using var client = new LiveFaceClient(doorOfB.Address);
        await using var hub = await client.ConnectAsync(Cancel);
        await hub.JoinAsync("room", cancel: Cancel);
        await using var doorOfA = new TlsDoor();
        await using var a = await NodeProcess.StartAsync("a", postgres.Connection, $"--Cluster:Url={doorOfA.Address}");
        doorOfA.Behind = a.Address;

        b.Terminate();
        await b.EndedAsync();
        await Eventually.IsAsync(() => client.Server == doorOfA.Address);
        (await hub.GetPolicyAsync("room", Cancel)).ShouldNotBeNull();
    }
}
