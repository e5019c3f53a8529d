using System.Net;
using System.Text;
using LiveFace.Redaction.Policy;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Api;

/// <summary>What publishers wish with their offer.</summary>
public sealed class SessionWishTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/whip/a")]
    [InlineData("/api/rooms/a/peer")]
    public async Task A_publisher_says_with_the_offer_what_is_to_be_hidden(string endpoint)
    {
        await using var server = await RunningServer.StartAsync();
        SessionOffers.Script(server);
        using var request = Offer(endpoint);
        request.Headers.Add("LiveFace-Policy", "overlay-boxes");
        request.Headers.Add("LiveFace-Floor", """{"rules":[{"how":{"effect":"solid"}}]}""");
        (await server.Client.SendAsync(request, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var wishes = server.Rooms.Room("a").Wishes.ShouldNotBeNull();
        wishes.Policy!.Preset.ShouldBe("overlay-boxes");
        wishes.Floor!.Rules[0].How.Effect.ShouldBe(RuleEffect.Solid);
    }

    [Theory]
    [InlineData("LiveFace-Floor", "")]
    [InlineData("LiveFace-Floor", "blur-face")]
    [InlineData("LiveFace-Policy", "{\"rules\":[{\"when\":{\"trackIds\":[]}}]}")]
    public async Task A_wish_that_is_none_is_refused_and_nobody_publishes(string header, string value)
    {
        await using var server = await RunningServer.StartAsync();
        SessionOffers.Script(server);
        using var request = Offer("/whip/a");
        request.Headers.TryAddWithoutValidation(header, value).ShouldBeTrue();
        await (await server.Client.SendAsync(request, Cancel)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "policy-invalid");
        server.Rooms.Room("a").Wishes.ShouldBeNull();
    }

    [Fact]
    public async Task Who_has_a_publishing_sessions_address_changes_its_floor()
    {
        await using var server = await RunningServer.StartAsync();
        var session = SessionOffers.Script(server);
        using var opened = await SessionOffers.OfferAsync(server, "/whip/a");
        var floor = $"{opened.Headers.Location}/floor";
        var preset = new StringContent("""{"preset":"hide-persons"}""", Encoding.UTF8, "application/json");
        (await server.Client.PutAsync(floor, preset, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Rooms.Room("a").Floors[session.Id]!.Preset.ShouldBe("hide-persons");
        (await server.Client.DeleteAsync(floor, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Rooms.Room("a").Floors[session.Id].ShouldBeNull();
        await (await server.Client.DeleteAsync("/whip/a/somebody/floor", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "session-not-found");
    }

    private static HttpRequestMessage Offer(string endpoint) => new(HttpMethod.Post, endpoint)
    {
        Content = new StringContent("v=0\r\n", Encoding.UTF8, "application/sdp"),
    };
}
