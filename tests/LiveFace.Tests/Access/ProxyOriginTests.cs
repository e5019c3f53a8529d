using System.Net;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Access;

/// <summary>What came through a proxy is not this machine's own.</summary>
public sealed class ProxyOriginTests
{
    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("CF-Connecting-IP", "203.0.113.7")]
    public async Task What_came_through_a_proxy_is_not_this_machines_own(string header, string value)
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/rooms");
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        (await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "foreign-host"))
            .GetProperty("detail").GetString()!.ShouldContain("Access:RequireKey");
    }

    [Fact]
    public async Task A_request_in_http_1_0_came_through_a_proxy_that_leaves_no_other_mark()
    {
        await using var server = await RunningServer.StartAsync();
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        await stream.WriteAsync("GET /api/rooms HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldContain("foreign-host");
    }

    [Fact]
    public async Task A_server_that_trusts_a_proxy_asks_for_a_key_however_local_a_request_looks()
    {
        await using var server = await RunningServer.StartAsync("--Access:TrustedProxies:0=127.0.0.1");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/keys") { Headers = { Host = "localhost" } };
        request.Headers.Add("X-Forwarded-For", "127.0.0.1");
        request.Headers.Add("X-Forwarded-Host", "localhost");
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key-required");
    }

    [Fact]
    public async Task A_forwarded_host_is_not_believed_even_from_a_trusted_proxy()
    {
        await using var server = await RunningServer.StartLockedAsync("--Access:TrustedProxies:0=127.0.0.1");
        using var client = server.ClientWith(server.MakeKey(LiveFace.Access.Roles.Admin));
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        client.DefaultRequestHeaders.Add("X-Forwarded-Prefix", "/evil");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var shared = await client.PostAsync("/api/rooms/a/share", null, TestContext.Current.CancellationToken);
        (await shared.JsonAsync()).GetProperty("url").GetString()!.ShouldStartWith($"https://{server.Address.Authority}/view/a#");
    }
}
