using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using LiveFace.Tests.Serving;
using Microsoft.AspNetCore.Http;

namespace LiveFace.Tests.Access;

/// <summary>Another server that is asked over HTTP who may do what, in MediaMTX's words.</summary>
public sealed class AuthHookTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<JsonElement> _asked = new();
    private OtherServer _other = null!;
    private volatile Func<JsonElement, (int Status, string Body)> _answer = _ => (401, "");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _other = await OtherServer.StartAsync(async context =>
    {
        var asked = (await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: Cancel)).RootElement.Clone();
        _asked.Enqueue(asked);
        var (status, body) = _answer(asked);
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body, Cancel);
    });

    public ValueTask DisposeAsync() => _other.DisposeAsync();

    [Fact]
    public async Task An_empty_yes_is_good_for_that_action_in_that_room_alone()
    {
        await using var server = await StartAsync();
        _answer = asked => (asked.GetProperty("action").GetString() == "read" && asked.GetProperty("path").GetString() == "a" ? 200 : 403, "");
        using var client = server.ClientWith("whatever-they-use");
        (await client.GetAsync("/api/rooms/a", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await client.GetAsync("/api/rooms/b", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        using var offer = new StringContent("v=0", Encoding.UTF8, "application/sdp");
        await (await client.PostAsync("/whip/a", offer, Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        await (await client.GetAsync("/api/keys", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        var first = _asked.First();
        first.GetProperty("token").GetString().ShouldBe("whatever-they-use");
        first.GetProperty("ip").GetString().ShouldBe("127.0.0.1");
        first.GetProperty("protocol").GetString().ShouldBe("webrtc");
    }

    [Fact]
    public async Task An_answer_with_roles_and_a_pattern_is_good_for_that_much()
    {
        await using var server = await StartAsync();
        _answer = _ => (200, """{"name":"Ada","roles":["view"],"pattern":"class.*","seconds":60}""");
        using var client = server.ClientWith("ada");
        (await client.GetAsync("/api/rooms/class.a", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await client.GetAsync("/api/rooms/other", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        await (await client.DeleteAsync("/api/rooms/class.a", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Theory]
    [InlineData(401, "", 401, "key-invalid")]
    [InlineData(403, "", 403, "not-allowed")]
    [InlineData(500, "", 503, "issuer-unreachable")]
    [InlineData(200, "no json", 503, "issuer-unreachable")]
    [InlineData(200, """{"roles":["emperor"],"pattern":"*"}""", 503, "issuer-unreachable")]
    public async Task Anything_but_a_clear_yes_lets_nobody_in(int status, string body, int expected, string code)
    {
        await using var server = await StartAsync();
        _answer = _ => (status, body);
        using var client = server.ClientWith("ada");
        await (await client.GetAsync("/api/rooms/a", Cancel)).ShouldBeProblemAsync((HttpStatusCode)expected, code);
    }

    [Fact]
    public async Task Keys_are_not_asked_about_and_work_while_the_other_server_is_gone()
    {
        await using var server = await StartAsync();
        await _other.DisposeAsync();
        using var admin = server.ClientWith(server.MakeKey(LiveFace.Access.Roles.Admin));
        (await admin.GetAsync("/api/keys", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        _asked.ShouldBeEmpty();
        using var client = server.ClientWith("ada");
        await (await client.GetAsync("/api/rooms/a", Cancel)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "issuer-unreachable");
    }

    [Fact]
    public async Task A_hub_connection_is_asked_about_room_by_room_and_closed_when_the_word_changes()
    {
        await using var server = await StartAsync("--AuthHook:RecheckSeconds=1", "--AuthHook:CacheSeconds=0");
        _answer = asked => (asked.GetProperty("path").GetString() is "" or "a" ? 200 : 403, "");
        await using var hub = await HubSocket.ConnectAsync(server.Address, "ada");
        await hub.InvokeAsync("Join", "a", null);
        (await Should.ThrowAsync<HubError>(() => hub.InvokeAsync("Join", "b", null))).Message.ShouldContain("not-allowed");
        _answer = _ => (401, "");
        (await hub.EventAsync("goodbye")).GetProperty("reason").GetString().ShouldBe("key-revoked");
        await hub.UntilClosedAsync();
    }

    private Task<RunningServer> StartAsync(params string[] settings) =>
        RunningServer.StartLockedAsync([$"--AuthHook:Url={_other.Address}/ask", .. settings]);
}
