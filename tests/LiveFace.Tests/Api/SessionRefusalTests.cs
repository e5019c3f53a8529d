using System.Net;
using System.Text;
using LiveFace.Telemetry;
using LiveFace.Tests.Serving;
using LiveFace.WebRtc;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Api;

/// <summary>Offers that are refused, each with its code.</summary>
public sealed class SessionRefusalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_patch_without_if_match_is_428_and_of_another_type_415()
    {
        await using var server = await RunningServer.StartAsync();
        SessionOffers.Script(server);
        using var opened = await SessionOffers.OfferAsync(server, "/whip/a");
        using var bare = await SessionOffers.PatchAsync(server, opened, "a=candidate:1\r\n", null);
        await bare.ShouldBeProblemAsync(HttpStatusCode.PreconditionRequired, "precondition-required");
        using var other = new HttpRequestMessage(HttpMethod.Patch, opened.Headers.Location)
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/json"),
            Headers = { { "If-Match", "*" } },
        };
        using var refused = await server.Client.SendAsync(other, Cancel);
        await refused.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "media-type-unsupported");
        refused.Headers.GetValues("Accept-Patch").ShouldBe(["application/trickle-ice-sdpfrag"]);
    }

    [Fact]
    public async Task An_offer_of_another_type_or_size_is_refused()
    {
        await using var server = await RunningServer.StartAsync();
        SessionOffers.Script(server);
        using var json = await server.Client.PostAsync("/whip/a", new StringContent("{}", Encoding.UTF8, "application/json"), Cancel);
        await json.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "media-type-unsupported");
        using var large = await SessionOffers.OfferAsync(server, "/whip/a", new string('a', 65 * 1024));
        await large.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Theory]
    [InlineData("a%20b")]
    [InlineData(".a")]
    [InlineData("%C3%A4")]
    public async Task A_room_with_a_bad_name_is_refused(string room)
    {
        await using var server = await RunningServer.StartAsync();
        using var response = await SessionOffers.OfferAsync(server, $"/whip/{room}");
        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "room-name-invalid");
    }

    [Theory]
    [InlineData("Malformed", 400, "offer-invalid")]
    [InlineData("NoIce", 400, "offer-invalid")]
    [InlineData("NothingInCommon", 406, "no-common-codec")]
    [InlineData("TooLong", 413, "too-large")]
    [InlineData("EndpointFull", 503, "too-busy")]
    public async Task What_the_endpoint_refuses_has_a_code_of_its_own(string reason, int status, string code)
    {
        await using var server = await RunningServer.StartAsync();
        server.Rooms.Room("a").Answering =
            _ => throw new OfferRejectedException(Enum.Parse<OfferRejection>(reason), "Because of that.");
        using var response = await SessionOffers.OfferAsync(server, "/whip/a");
        (await response.ShouldBeProblemAsync((HttpStatusCode)status, code)).GetProperty("detail").GetString().ShouldBe("Because of that.");
    }

    [Fact]
    public async Task A_failure_of_ours_is_a_problem_too_and_tells_nothing()
    {
        await using var server = await RunningServer.StartAsync("--Logging:LogLevel:Default=None");
        server.Rooms.Room("a").Answering = _ => throw new InvalidOperationException("secret path /etc");
        using var response = await SessionOffers.OfferAsync(server, "/whip/a");
        (await response.ShouldBeProblemAsync(HttpStatusCode.InternalServerError, "internal-error"))
            .TryGetProperty("detail", out _).ShouldBeFalse();
        server.Services.GetRequiredService<FaultSink>().CountOf("http /whip/{room}").ShouldBe(1);
    }

    [Theory]
    [InlineData("GET", "/whip/a")]
    [InlineData("PUT", "/whep/a")]
    [InlineData("GET", "/whip/a/b")]
    public async Task Other_methods_are_405(string method, string path)
    {
        await using var server = await RunningServer.StartAsync();
        using var response = await server.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);
        await response.ShouldBeProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
    }
}
