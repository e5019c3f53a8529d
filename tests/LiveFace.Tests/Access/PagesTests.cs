using System.Net;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Access;

public sealed class PagesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/view/a", "text/html")]
    [InlineData("/meet/standup", "text/html")]
    [InlineData("/liveface.js", "text/javascript")]
    [InlineData("/lib/signalr.js", "text/javascript")]
    public async Task Pages_are_open_and_carry_headers_that_hold_them_in(string path, string type)
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var response = await server.Client.GetAsync(path, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("script-src 'self';");
        policy.ShouldNotContain("unsafe-inline");
        policy.ShouldContain($"ws://{server.Address.Authority}");
        response.Headers.GetValues("Permissions-Policy").Single().ShouldContain("camera=(self), microphone=(self)");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task An_unknown_address_is_a_problem()
    {
        await using var server = await RunningServer.StartAsync();
        await (await server.Client.GetAsync("/api/nothing", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await server.Client.GetAsync("/../../etc/passwd", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task An_allowed_origin_gets_cors_answers_and_another_gets_none()
    {
        await using var server = await RunningServer.StartLockedAsync("--Access:AllowedOrigins:0=https://app.example");
        using var preflight = await PreflightAsync(server, "https://app.example");
        preflight.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://app.example"]);
        preflight.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("Authorization");
        using var foreign = await PreflightAsync(server, "https://evil.example");
        foreign.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task By_default_no_origin_gets_cors_answers()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var response = await PreflightAsync(server, "https://app.example");
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    private static Task<HttpResponseMessage> PreflightAsync(RunningServer server, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "/whip/a")
        {
            Headers =
            {
                { "Origin", origin },
                { "Access-Control-Request-Method", "POST" },
                { "Access-Control-Request-Headers", "authorization,content-type" },
            },
        };
        return server.Client.SendAsync(request, Cancel);
    }
}
