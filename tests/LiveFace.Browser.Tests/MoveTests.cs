using System.Text.Json;
using LiveFace.Browser.Tests.Fixtures;
using LiveFace.Tests.Jobs.Spread;

namespace LiveFace.Browser.Tests;

/// <summary>A node of a cluster is told to stop while a browser publishes there: the page goes on at another.</summary>
public sealed class MoveTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_whose_node_stops_publishes_and_watches_on_at_another_under_the_same_policy()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var leaving = LiveFaceServer.Prepare();
        await using var staying = LiveFaceServer.Prepare();
        await leaving.BeginAsync(Node("leaving", postgres, staying));
        await using var chromium = await ChromiumBrowser.StartAsync(await FakeCamera.SwayingPortraitAsync());
        await using var page = await chromium.OpenAsync($"{leaving.Address}/view/nothing");
        // The only node there is owns the room.
        await page.Page.EvaluateAsync("""
            async () => {
              const { Client, LiveFace } = await import('/liveface.js');
              const client = new Client();
              const show = (id) => {
                const video = document.createElement('video');
                video.id = id;
                video.muted = video.autoplay = true;
                document.body.append(video);
                return video;
              };
              const safe = show('safe'), watched = show('watched');
              const call = window.call = await client.connect({ room: 'moving' });
              window.heard = [];
              // What it has to the old node it lets go at the word, and not when media is missed.
              call.on('goodbye', ({ reason, to }) => heard.push(`${reason} ${to} ${peers.map((peer) => peer.signalingState)}`));
              const camera = await LiveFace.openCamera({ video: { width: 640, height: 480 }, audio: false });
              safe.srcObject = await call.publish(camera, { policy: { preset: 'hide-persons' } });
              const viewer = window.viewer = await client.view({ room: 'moving' });
              viewer.on('picture', (picture) => { watched.srcObject = picture; });
              watched.srcObject = viewer.picture;
            }
            """);
        await page.UntilPictureAsync("#safe", "the redacted scene", shot => shot.Mean((0.02, 0.1, 0.2, 0.6)).B > 90);
        await page.UntilPlayingAsync("#watched");
        await page.Page.EvaluateAsync("window.peers = [call.peer, viewer.peer]");
        var policy = await PolicyAsync(leaving);

        await staying.BeginAsync(Node("staying", postgres, leaving));
        await leaving.StopAsync();

        using var http = new HttpClient { BaseAddress = new Uri(staying.Address) };
        await Eventually.IsAsync(async () =>
        {
            using var state = JsonDocument.Parse(await http.GetStringAsync("/api/rooms/moving", Cancel));
            return state.RootElement.GetProperty("publisher").ValueKind == JsonValueKind.Object && state.RootElement.GetProperty("viewers").GetInt32() == 1;
        });
        (await PolicyAsync(staying)).ShouldBe(policy);
        await page.UntilAsync("call.state === 'live' && viewer.state === 'live'");
        await page.UntilPictureAsync("#safe", "the redacted scene again", shot => shot.Mean((0.02, 0.1, 0.2, 0.6)).B > 90);
        await page.UntilPlayingAsync("#watched");
        (await page.Page.EvaluateAsync<string>("heard.join()")).ShouldBe($"moving {staying.Address} closed,closed");
    }

    [Fact]
    public async Task A_page_whose_rooms_owner_is_killed_shows_the_redacted_picture_again_by_another()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var front = LiveFaceServer.Prepare();
        await using var owner = LiveFaceServer.Prepare();
        await front.BeginAsync(Node("front", postgres, owner));
        await owner.BeginAsync(Node("owner", postgres, front));
        using var http = new HttpClient { BaseAddress = new Uri(front.Address) };
        var room = await OwnedAsync(http, "owner");
        await using var chromium = await ChromiumBrowser.StartAsync(await FakeCamera.SwayingPortraitAsync());
        await using var page = await chromium.OpenAsync($"{front.Address}/view/nothing");
        await page.Page.EvaluateAsync(
            """
            async (room) => {
              const { Client, LiveFace } = await import('/liveface.js');
              const video = document.createElement('video');
              video.id = 'safe';
              video.muted = video.autoplay = true;
              document.body.append(video);
              const call = window.call = await new Client().connect({ room });
              const camera = await LiveFace.openCamera({ video: { width: 640, height: 480 }, audio: false });
              call.on('picture', (picture) => { video.srcObject = picture; });
              video.srcObject = await call.publish(camera);
            }
            """, room);
        await page.UntilPictureAsync("#safe", "the redacted scene", shot => shot.Mean((0.02, 0.1, 0.2, 0.6)).B > 90);
        (await OwnerAsync(http, room)).ShouldBe("owner");

        await owner.StopAsync(crash: true);
        await Eventually.IsAsync(async () => await OwnerAsync(http, room) == "front");
        await page.UntilAsync("call.state === 'live'");
        await page.UntilPictureAsync("#safe", "the redacted scene again", shot => shot.Mean((0.02, 0.1, 0.2, 0.6)).B > 90);
        using var policy = JsonDocument.Parse(await http.GetStringAsync($"/api/rooms/{room}/policy", Cancel));
        policy.RootElement.GetProperty("preset").GetString().ShouldBe("hide-persons");
    }

    [Fact]
    public async Task A_page_that_hears_of_no_publisher_while_it_publishes_asks_for_its_session_and_does_not_wait_for_media_to_be_missed()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var front = LiveFaceServer.Prepare();
        await using var owner = LiveFaceServer.Prepare();
        var listens = FreePort.Next();
        await using var wire = new NodeWire(listens);
        await front.BeginAsync(Node("front", postgres, owner));
        await owner.BeginAsync([.. Node("owner", postgres, front), ("Cluster:Address", wire.Address), ("Cluster:Listen", $"127.0.0.1:{listens}")]);
        using var http = new HttpClient { BaseAddress = new Uri(front.Address) };
        var room = await OwnedAsync(http, "owner");
        await using var chromium = await ChromiumBrowser.StartAsync(await FakeCamera.SwayingPortraitAsync());
        await using var page = await chromium.OpenAsync($"{front.Address}/view/nothing");
        await page.Page.EvaluateAsync(
            """
            async (room) => {
              const { Client, LiveFace } = await import('/liveface.js');
              const call = window.call = await new Client().connect({ room });
              window.published = false;
              call.on('roomState', ({ publisher }) => { published = Boolean(publisher); });
              const camera = await LiveFace.openCamera({ video: { width: 640, height: 480 }, audio: false });
              await call.publish(camera);
              // How the media was when the session was asked for: the browser misses nothing of it.
              window.asked = [];
              const { fetch } = window;
              window.fetch = (address, options) => {
                if (options?.method === 'PATCH') asked.push(call.peer?.connectionState ?? 'none');
                return fetch(address, options);
              };
            }
            """, room);
        await page.UntilAsync("call.state === 'live' && published && call.peer.connectionState === 'connected'");

        // The node that the hub is connected to hears nothing of the room's node any more; the page's media goes there as before.
        wire.Cut();
        await page.UntilAsync("asked.length > 0");
        (await page.Page.EvaluateAsync<string>("asked[0]")).ShouldBe("connected");
        wire.Mend();
        await page.UntilAsync("call.state === 'live' && published");
    }

    /// <summary>A room of that node: its policy is set through the other until placement makes one there.</summary>
    private static async Task<string> OwnedAsync(HttpClient http, string node)
    {
        for (var i = 0; ; i++)
        {
            using var policy = new StringContent("""{"preset":"hide-persons"}""", System.Text.Encoding.UTF8, "application/json");
            using var put = await http.PutAsync($"/api/rooms/killed-{i}/policy", policy, Cancel);
            if (put.IsSuccessStatusCode && await OwnerAsync(http, $"killed-{i}") == node)
                return $"killed-{i}";
        }
    }

    private static async Task<string?> OwnerAsync(HttpClient http, string room)
    {
        using var cluster = JsonDocument.Parse(await http.GetStringAsync("/api/cluster", Cancel));
        return cluster.RootElement.GetProperty("rooms").EnumerateArray().Where(one => one.GetProperty("room").GetString() == room)
            .Select(one => one.GetProperty("node").GetString()).SingleOrDefault();
    }

    private static async Task<string> PolicyAsync(LiveFaceServer node)
    {
        using var http = new HttpClient { BaseAddress = new Uri(node.Address) };
        using var policy = JsonDocument.Parse(await http.GetStringAsync("/api/rooms/moving/policy", Cancel));
        return policy.RootElement.GetProperty("rules").GetRawText();
    }

    private static (string, string)[] Node(string name, PostgresServer postgres, LiveFaceServer other) =>
    [
        ("Access:AllowedOrigins:0", other.Address),
        ("Cluster:Node", name), ("Cluster:Address", $"http://127.0.0.1:{FreePort.Next()}/"), ("Cluster:Secret", "what the nodes of this test know and nobody else does"),
        ("Cluster:Url", "{address}"), ("Cluster:LeaseSeconds", "5"), ("Cluster:DrainMinutes", "0"), ("Storage:Database", postgres.Connection), ("Rooms:FullAt", "1"),
    ];
}
