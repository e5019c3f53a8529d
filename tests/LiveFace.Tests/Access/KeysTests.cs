using System.Net;
using System.Text;
using LiveFace.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Access;

public sealed class KeysTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/api/rooms")]
    [InlineData("GET", "/api/server")]
    [InlineData("POST", "/whip/a")]
    [InlineData("POST", "/whep/a")]
    [InlineData("POST", "/api/rooms/a/peer")]
    [InlineData("PUT", "/api/rooms/a/policy")]
    [InlineData("POST", "/hub/negotiate")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/api/keys")]
    public async Task Without_a_key_a_locked_server_answers_401(string method, string path)
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var response = await server.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);
        await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key-required");
    }

    [Fact]
    public async Task The_health_page_needs_no_key_and_tells_strangers_little()
    {
        await using var server = await RunningServer.StartLockedAsync();
        (await (await server.Client.GetAsync("/health/ready", Cancel)).JsonAsync()).TryGetProperty("checks", out _).ShouldBeFalse();
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        (await (await admin.GetAsync("/health/ready", Cancel)).JsonAsync()).GetProperty("checks").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("view", "GET", "/api/rooms/a", true)]
    [InlineData("view", "GET", "/api/rooms/b", false)]
    [InlineData("view", "DELETE", "/api/rooms/a", false)]
    [InlineData("view", "GET", "/api/keys", false)]
    [InlineData("view", "POST", "/whip/a", false)]
    [InlineData("publish", "POST", "/api/rooms/a/peer", false)]
    [InlineData("publish", "GET", "/api/rooms/a/policy", false)]
    [InlineData("control", "POST", "/api/rooms/a/share", true)]
    [InlineData("admin", "GET", "/api/rooms/b", true)]
    public async Task A_key_opens_what_its_roles_and_rooms_say(string role, string method, string path, bool opens)
    {
        await using var server = await RunningServer.StartLockedAsync();
        RoleNames.TryParse([role], out var roles, out _).ShouldBeTrue();
        using var client = server.ClientWith(server.MakeKey(roles, "a"));
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (path.EndsWith("share", StringComparison.Ordinal))
            request.Content = new StringContent("""{"roles":["control"]}""", Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, Cancel);
        if (opens)
            response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Cancel));
        else
            await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task A_wrong_key_is_told_from_an_expired_one()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var wrong = server.ClientWith(KeyText.Make(KeyText.KeyPrefix));
        await (await wrong.GetAsync("/api/rooms", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key-invalid");
        using var expired = server.ClientWith(server.MakeKey(Roles.Admin, expires: DateTimeOffset.UnixEpoch));
        await (await expired.GetAsync("/api/rooms", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key-expired");
    }

    [Fact]
    public async Task A_key_in_the_query_opens_nothing_and_a_ticket_opens_the_hub_once()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var key = server.MakeKey(Roles.Admin);
        using var response = await server.Client.GetAsync($"/api/rooms?access_token={key}", Cancel);
        await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key-required");
        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => HubSocket.ConnectAsync(server.Address, query: key));
        using var admin = server.ClientWith(key);
        var ticket = (await (await admin.PostAsync("/api/hub-ticket", null, Cancel)).JsonAsync()).GetProperty("ticket").GetString()!;
        using var elsewhere = await server.ClientWith(ticket).GetAsync("/api/rooms", Cancel);
        await elsewhere.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key-invalid");
        await using var hub = await HubSocket.ConnectAsync(server.Address, query: ticket);
        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => HubSocket.ConnectAsync(server.Address, query: ticket));
    }

    [Fact]
    public async Task Guessing_is_cut_off_and_says_when_to_come_back()
    {
        await using var server = await RunningServer.StartLockedAsync("--Access:FailuresPerMinute=3");
        using var guesser = server.ClientWith("lf_guess");
        for (var i = 0; i < 3; i++)
            await (await guesser.GetAsync("/api/rooms", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key-invalid");
        using var barred = await guesser.GetAsync("/api/rooms", Cancel);
        await barred.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        barred.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task Requests_beyond_the_rate_are_refused()
    {
        await using var server = await RunningServer.StartLockedAsync("--Access:RequestsPerMinute=5");
        using var client = server.ClientWith(server.MakeKey(Roles.Admin));
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
            statuses.Add((await client.GetAsync("/api/server", Cancel)).StatusCode);
        statuses.Take(5).ShouldAllBe(s => s == HttpStatusCode.OK);
        statuses.ShouldContain(HttpStatusCode.TooManyRequests);
    }
}
