using System.Net;
using System.Net.WebSockets;
using LiveFace.Access;
using LiveFace.Tests.Serving;
using Microsoft.AspNetCore.Http;

namespace LiveFace.Tests.Access;

public sealed class OriginGuardTests
{
    [Theory]
    [InlineData("localhost:8080", null)]
    [InlineData("127.0.0.1:8080", null)]
    [InlineData("[::1]:8080", null)]
    [InlineData("studio.localhost:8080", null)]
    [InlineData("localhost:8080", "http://localhost:8080")]
    [InlineData("[::1]:8080", "http://[::1]:8080")]
    [InlineData("localhost", "http://localhost")]
    public void This_machines_own_pages_are_welcome(string host, string? origin) =>
        Local().Judge(new HostString(host), origin, null, false).ShouldBe(OriginVerdict.Welcome);

    [Theory]
    [InlineData("evil.example:8080")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("192.168.1.5:8080")]
    [InlineData("")]
    public void A_name_that_was_pointed_at_this_machine_is_refused(string host) =>
        Local().Judge(new HostString(host), null, null, false).ShouldBe(OriginVerdict.ForeignHost);

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost:3000")]
    [InlineData("http://localhost.evil.example:8080")]
    [InlineData("null")]
    [InlineData("file://")]
    public void A_page_of_another_site_is_refused(string origin) =>
        Local().Judge(new HostString("localhost:8080"), origin, null, false).ShouldBe(OriginVerdict.ForeignOrigin);

    [Fact]
    public void A_cross_site_request_without_an_origin_is_refused_but_a_followed_link_is_not()
    {
        Local().Judge(new HostString("localhost:8080"), null, "cross-site", false).ShouldBe(OriginVerdict.ForeignOrigin);
        Local().Judge(new HostString("localhost:8080"), null, "cross-site", true).ShouldBe(OriginVerdict.Welcome);
        Local().Judge(new HostString("localhost:8080"), null, "same-origin", false).ShouldBe(OriginVerdict.Welcome);
    }

    [Fact]
    public void An_allowed_origin_and_an_allowed_host_are_welcome()
    {
        var guard = new OriginGuard(true, ["https://app.example"], ["camera.local"]);
        guard.Judge(new HostString("camera.local:8080"), "https://app.example", null, false).ShouldBe(OriginVerdict.Welcome);
    }

    [Fact]
    public void A_server_for_others_takes_any_host_and_still_refuses_foreign_pages()
    {
        var guard = new OriginGuard(false, [], []);
        guard.Judge(new HostString("faces.example"), "https://faces.example", null, false).ShouldBe(OriginVerdict.Welcome);
        guard.Judge(new HostString("faces.example"), "https://evil.example", null, false).ShouldBe(OriginVerdict.ForeignOrigin);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/rooms")]
    [InlineData("/hub")]
    [InlineData("/health/live")]
    public async Task Every_address_of_an_open_server_refuses_a_foreign_host(string path)
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "evil.example" } };
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "foreign-host");
    }

    [Fact]
    public async Task A_foreign_page_can_neither_post_nor_open_a_websocket()
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/whip/a")
        {
            Headers = { { "Origin", "https://evil.example" } },
            Content = new StringContent("v=0"),
        };
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "foreign-origin");
        await Should.ThrowAsync<WebSocketException>(() => HubSocket.ConnectAsync(server.Address, origin: "https://evil.example"));
        await using var own = await HubSocket.ConnectAsync(server.Address, origin: server.Address.ToString().TrimEnd('/'));
    }

    private static OriginGuard Local() => new(thisMachineOnly: true, [], []);
}
