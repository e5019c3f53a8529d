using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveFace.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Access;

/// <summary>What one key or address may hold, and that those who hold too much close the server to nobody else.</summary>
public sealed class QuotaTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_view_key_takes_no_more_rooms_than_its_own()
    {
        await using var server = await RunningServer.StartLockedAsync("--Quotas:RoomsPerKey=3");
        await using var hub = await HubSocket.ConnectAsync(server.Address, server.MakeKey(Roles.View));
        for (var i = 0; i < 3; i++)
            await hub.InvokeAsync("Join", $"room{i}", null);
        (await Should.ThrowAsync<HubError>(() => hub.InvokeAsync("Join", "room3", null))).Message.ShouldContain("quota-reached");
        await hub.InvokeAsync("Join", "room0", null);
        await using var other = await HubSocket.ConnectAsync(server.Address, server.MakeKey(Roles.View));
        await other.InvokeAsync("Join", "room3", null);
    }

    [Fact]
    public async Task Asking_to_watch_brings_no_room_into_being()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var viewer = server.ClientWith(server.MakeKey(Roles.View));
        using var offer = new StringContent("v=0", Encoding.UTF8, "application/sdp");
        await (await viewer.PostAsync("/whep/nobody", offer, Cancel)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "room-empty");
        server.Rooms.Find("nobody").ShouldBeNull();
    }

    [Fact]
    public async Task Sessions_are_counted_over_all_links_of_a_key_and_given_back_when_they_end()
    {
        await using var server = await RunningServer.StartLockedAsync("--Quotas:ViewersPerKey=2");
        var key = server.MakeKey(Roles.View | Roles.Control, "a");
        var sessions = new Queue<ScriptedSession>();
        server.Rooms.Room("a").Answering = _ =>
        {
            var session = new ScriptedSession("v=0\r\n");
            sessions.Enqueue(session);
            return session;
        };
        using var owner = server.ClientWith(key);
        using var guest = server.ClientWith(await KeySteps.ShareAsync(server, key, "a", "view"));
        (await WatchAsync(owner)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await WatchAsync(guest)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await WatchAsync(guest)).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota-reached");
        sessions.Dequeue().Close();
        await Eventually.IsAsync(async () => (await WatchAsync(guest)).StatusCode == HttpStatusCode.Created);
    }

    [Fact]
    public async Task Links_of_one_key_are_bounded_and_making_them_from_links_does_not_help()
    {
        await using var server = await RunningServer.StartLockedAsync("--Quotas:LinksPerKey=3");
        var key = server.MakeKey(Roles.View | Roles.Control, "a");
        var link = await KeySteps.ShareAsync(server, key, "a", "view", "control");
        await KeySteps.ShareAsync(server, link, "a", "view");
        await KeySteps.ShareAsync(server, key, "a", "view");
        foreach (var one in (string[])[key, link])
        {
            using var client = server.ClientWith(one);
            await (await client.PostAsync("/api/rooms/a/share", null, Cancel)).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota-reached");
        }
    }

    [Fact]
    public async Task Uploads_that_do_not_end_take_a_keys_places_and_not_anothers()
    {
        await using var server = await RunningServer.StartLockedAsync("--Quotas:UploadsPerKey=2");
        var key = server.MakeKey(Roles.Publish);
        using var first = await UnfinishedAsync(server, key);
        using var second = await UnfinishedAsync(server, key);
        using var more = server.ClientWith(key);
        await (await more.PostAsync("/api/redact", new ByteArrayContent([]), Cancel)).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota-reached");
        using var other = server.ClientWith(server.MakeKey(Roles.Publish));
        await (await other.PostAsync("/api/redact", new ByteArrayContent([]), Cancel)).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "media-type-unsupported");
    }

    private static Task<HttpResponseMessage> WatchAsync(HttpClient client) =>
        client.PostAsync("/whep/a", new StringContent("v=0", Encoding.UTF8, "application/sdp"), Cancel);

    /// <summary>An upload that has its place: the server asks for the body (RFC 9110, 10.1.1) once it is let in.</summary>
    private static async Task<TcpClient> UnfinishedAsync(RunningServer server, string key)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port, Cancel);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/redact HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {key}\r\nContent-Type: image/png\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n"), Cancel);
        var answer = new byte[25];
        await socket.GetStream().ReadExactlyAsync(answer, Cancel);
        Encoding.ASCII.GetString(answer).ShouldStartWith("HTTP/1.1 100 Continue");
        return socket;
    }
}
