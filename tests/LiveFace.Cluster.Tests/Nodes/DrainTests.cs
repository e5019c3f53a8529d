using System.Net;
using System.Text;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>A node that is told to stop lets its calls end, and then sends everybody to another.</summary>
public sealed class DrainTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_with_a_call_takes_no_new_room_waits_and_at_a_second_signal_sends_all_to_another()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var nodes = await NodeProcess.StartAllAsync(postgres.Connection, "a", "b");
        await using var a = nodes[0];
        await using var b = nodes[1];
        var room = await ClusterRooms.OwnedByAsync(postgres, a, "b");
        await using var publisher = await RoomPeer.PublishUntilTakenAsync(b, room);
        await using var viewer = await RoomPeer.WatchUntilTakenAsync(a, room);
        await using var page = await HubListener.ConnectAsync(b);
        await page.JoinAsync(room);
        await Eventually.IsAsync(() => viewer.Frames > 3);

        b.Terminate();
        await Eventually.IsAsync(async () => !await b.IsReadyAsync());
        for (var number = 0; number < 6; number++)
        {
            using var put = await b.PutAsync($"/api/rooms/later-{number}/policy", """{"cover":true,"rules":[]}""");
            put.StatusCode.ShouldBe(HttpStatusCode.OK, await put.Content.ReadAsStringAsync(Cancel));
            (await ClusterRooms.OwnerAsync(postgres, $"later-{number}")).ShouldBe("a");
        }

        // Who comes with a client that knows no hub is sent on, and goes; a page is answered here.
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var sent = await PostAsync(client, new Uri(b.Address, $"/whep/{room}?region=north"));
        (sent.StatusCode, sent.Headers.Location).ShouldBe((HttpStatusCode.TemporaryRedirect, new Uri(a.Address, $"/whep/{room}?region=north")));
        using var page2 = await PostAsync(client, new Uri(b.Address, $"/whep/{room}"), origin: b.Address.ToString().TrimEnd('/'));
        page2.StatusCode.ShouldBe(HttpStatusCode.NotAcceptable, "what it sends is no offer");
        await using var late = await RoomPeer.PublishUntilTakenAsync(b, "late");
        await using var lateViewer = await RoomPeer.WatchUntilTakenAsync(b, room);
        await Eventually.IsAsync(() => lateViewer.Frames > 3);
        late.Session!.ShouldBe(new Uri(a.Address, late.Session!.AbsolutePath));
        lateViewer.Session!.AbsolutePath.ShouldStartWith($"/whep/{room}/a~");

        // The call goes on meanwhile.
        var frames = viewer.Frames;
        await Eventually.IsAsync(() => viewer.Frames > frames + 5);
        page.Told("goodbye").ShouldBeEmpty();
        b.HasExited.ShouldBeFalse();
        var epoch = await ClusterRooms.EpochAsync(postgres, room);

        b.Terminate();
        await Eventually.IsAsync(() => page.Told("goodbye").Count > 0);
        var goodbye = page.Told("goodbye")[0];
        goodbye.GetProperty("reason").GetString().ShouldBe("moving");
        goodbye.GetProperty("to").GetString().ShouldBe(a.Address.ToString().TrimEnd('/'));

        // The node that leaves passes it on, and nobody waits for a lease.
        await using var next = await RoomPeer.PublishUntilTakenAsync(a, room);
        (await ClusterRooms.OwnerAsync(postgres, room)).ShouldBe("a");
        (await ClusterRooms.EpochAsync(postgres, room)).ShouldBeGreaterThan(epoch);
        await b.EndedAsync();
        (await postgres.AskAsync<long>("SELECT count(*) FROM liveface_nodes")).ShouldBe(1);
    }

    [Fact]
    public async Task A_node_that_leaves_and_knows_no_other_says_when_to_ask_again()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var a = await NodeProcess.StartAsync("a", postgres.Connection);
        await using var publisher = await RoomPeer.PublishUntilTakenAsync(a, "room");
        a.Terminate();
        await Eventually.IsAsync(async () => !await a.IsReadyAsync());
        foreach (var path in (string[])["/whip/other", "/whep/room", "/api/rooms/room/peer"])
        {
            using var refused = await PostAsync(a.Client, new Uri(a.Address, path));
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.Delta.ShouldNotBeNull();
            (await refused.Content.ReadAsStringAsync(Cancel)).ShouldContain("shutting-down");
        }

        publisher.Deleted.ShouldBeNull();
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, Uri address, string? origin = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("v=0", Encoding.UTF8, "application/sdp") };
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return client.SendAsync(request, Cancel);
    }

    [Fact]
    public async Task A_node_without_calls_goes_at_once()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var a = await NodeProcess.StartAsync("a", postgres.Connection);
        a.Terminate();
        await a.EndedAsync();
        a.Log.ShouldContain("out of 0 rooms in use");
        (await postgres.AskAsync<long>("SELECT count(*) FROM liveface_nodes")).ShouldBe(0);
    }
}
