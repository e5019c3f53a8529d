using System.Net;
using System.Text.Json;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>Three servers as processes, a real PostgreSQL, and real WebRTC peers: who owns a room, and what is shown of it.</summary>
public sealed class OwnershipTests
{
    private const string Cover = """{"cover":true,"rules":[]}""";

    /// <summary>The spread of brightness of stripes is far above it, that of a card below.</summary>
    private const int Striped = 40;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_room_is_published_watched_and_covered_through_any_node_and_its_sessions_end_through_any()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var nodes = await NodeProcess.StartAllAsync(postgres.Connection, "a", "b", "c");
        await using var a = nodes[0];
        await using var b = nodes[1];
        await using var c = nodes[2];

        // A policy for a room that is not there brings it to the node that is chosen; until that is not the one that is asked.
        var room = await ClusterRooms.OwnedByAsync(postgres, a, "b");
        await using var publisher = await RoomPeer.PublishUntilTakenAsync(a, room);
        await using var viewer = await RoomPeer.WatchUntilTakenAsync(c, room);
        await Eventually.IsAsync(() => viewer.Frames > 5 && viewer.Spread > Striped);
        publisher.Session!.AbsolutePath.ShouldStartWith($"/whip/{room}/b~");

        // Who watches is answered where they asked, by a node that pulls.
        viewer.Session!.AbsolutePath.ShouldStartWith($"/whep/{room}/c~");
        var metrics = (await c.Client.GetStringAsync(new Uri(c.Address, "/metrics"), Cancel)).Split('\n');
        metrics.Where(line => line.StartsWith("# TYPE liveface_relay_", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ShouldBe(
            File.ReadLines(Checkout.PathOf("docs", "reference", "cluster-relay.md")).Where(line => line.StartsWith("| `liveface_relay_", StringComparison.Ordinal))
                .Select(line => line.Split('`')[1]), ignoreOrder: true);
        metrics.Where(line => line.StartsWith("liveface_relay_viewers", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldEndWith(" 1");
        (await c.GetAsync($"/api/rooms/{room}")).GetProperty("publisher").ValueKind.ShouldBe(JsonValueKind.Object);

        using var put = await a.PutAsync($"/api/rooms/{room}/policy", Cover);
        put.StatusCode.ShouldBe(HttpStatusCode.OK);
        var version = put.Headers.ETag!.Tag;
        await Eventually.IsAsync(() => viewer.Spread < Striped);
        using var got = await c.Client.GetAsync($"/api/rooms/{room}/policy", Cancel);
        got.Headers.ETag!.Tag.ShouldBe(version);

        // Both deleted through the node that they came to, which has neither.
        await publisher.LeaveAsync();
        publisher.Deleted.ShouldBe("deleted 200");
        using var gone = await c.Client.DeleteAsync(new Uri(c.Address, publisher.Session.AbsolutePath), Cancel);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_owner_that_is_killed_is_followed_by_another_and_one_that_was_held_beyond_its_lease_shows_no_more_picture()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var nodes = await NodeProcess.StartAllAsync(postgres.Connection, "a", "b", "c");
        await using var a = nodes[0];
        await using var b = nodes[1];
        await using var c = nodes[2];
        var room = await ClusterRooms.OwnedByAsync(postgres, a, "b");
        await using var publisher = await RoomPeer.PublishUntilTakenAsync(a, room);
        await using var viewer = await RoomPeer.WatchUntilTakenAsync(b, room);
        await using var follower = await RoomPeer.WatchUntilTakenAsync(c, room);
        await Eventually.IsAsync(() => viewer.Frames > 10 && follower.Frames > 10);

        b.Hold();
        var epoch = await ClusterRooms.EpochAsync(postgres, room);
        await using var next = await RoomPeer.PublishUntilTakenAsync(a, room);
        var taken = await ClusterRooms.EpochAsync(postgres, room);
        taken.ShouldBeGreaterThan(epoch);
        (await ClusterRooms.OwnerAsync(postgres, room)).ShouldNotBe("b");
        await using var nextViewer = await RoomPeer.WatchUntilTakenAsync(c, room);
        await Eventually.IsAsync(() => nextViewer.Frames > 5);

        // Who watches through a node that is there has a new picture without doing anything.
        var followed = follower.Frames;
        await Eventually.IsAsync(() => follower.Frames > followed + 5);

        // Whatever lay in sockets and queues when it was held has come by now.
        var frames = viewer.Frames;
        b.GoOn();
        await Eventually.IsAsync(() => b.Log.Contains("lost its lease", StringComparison.Ordinal));
        await Eventually.IsAsync(b.IsReadyAsync);
        viewer.Frames.ShouldBe(frames);
        (await ClusterRooms.EpochAsync(postgres, room)).ShouldBe(taken);
        (await b.GetAsync($"/api/rooms/{room}")).GetProperty("publisher").ValueKind.ShouldBe(JsonValueKind.Object);

        // And the one that took over is killed, after everything was covered: what follows shows no more.
        using var put = await a.PutAsync($"/api/rooms/{room}/policy", Cover);
        put.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.IsAsync(() => nextViewer.Spread < Striped);
        var owner = nodes.Single(node => node.Name == ClusterRooms.OwnerAsync(postgres, room).GetAwaiter().GetResult());
        await owner.KillAsync();
        var asked = nodes.First(node => node != owner);
        await using var last = await RoomPeer.PublishUntilTakenAsync(asked, room);
        await using var lastViewer = await RoomPeer.WatchUntilTakenAsync(asked, room);
        await Eventually.IsAsync(() => lastViewer.Frames > 5);
        lastViewer.MostSpread.ShouldBeLessThan(Striped);
        (await ClusterRooms.EpochAsync(postgres, room)).ShouldBeGreaterThan(taken);
    }

    [Fact]
    public async Task Without_its_database_a_cluster_takes_no_new_room_and_then_shows_nothing_until_it_is_back()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var a = await NodeProcess.StartAsync("a", postgres.Connection);
        await using var publisher = await RoomPeer.PublishUntilTakenAsync(a, "room");
        await using var viewer = await RoomPeer.WatchUntilTakenAsync(a, "room");
        await Eventually.IsAsync(() => viewer.Frames > 5);
        await postgres.KillAsync();

        using var refused = await a.PutAsync("/api/rooms/new/policy", Cover);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await refused.Content.ReadAsStringAsync(Cancel)).ShouldContain("cluster-unavailable");
        await Eventually.IsAsync(async () => !await a.IsReadyAsync());
        var frames = viewer.Frames;
        await Eventually.IsAsync(() => a.Log.Contains("lost its lease", StringComparison.Ordinal));
        viewer.Frames.ShouldBeLessThanOrEqualTo(frames + 2);

        await postgres.StartAgainAsync();
        await a.ReadyAsync();
        await using var again = await RoomPeer.PublishUntilTakenAsync(a, "room");
        again.IsConnected.ShouldBeTrue();
    }
}
