using System.Net;
using System.Text;
using LiveFace.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Api;

/// <summary>WHIP as RFC 9725 has it, and WHEP and the peer endpoint in the same manner.</summary>
public sealed class SessionEndpointsTests
{
    public static readonly TheoryData<string> Endpoints = ["/whip/a", "/whep/a", "/api/rooms/a/peer"];
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task An_offer_is_answered_with_201_and_where_the_session_is(string endpoint)
    {
        await using var server = await RunningServer.StartAsync("--Ice:Urls:0=stun:stun.example:3478");
        var session = SessionOffers.Script(server);
        using var response = await SessionOffers.OfferAsync(server, endpoint);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/sdp");
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe(SessionOffers.Answer);
        response.Headers.Location!.OriginalString.ShouldBe($"{endpoint}/{session.Id}");
        response.Headers.ETag.ShouldNotBeNull();
        response.Headers.GetValues("Accept-Patch").ShouldBe(["application/trickle-ice-sdpfrag"]);
        response.Headers.GetValues("Link").ShouldBe(["<stun:stun.example:3478>; rel=\"ice-server\""]);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Deleting_the_session_ends_it_and_after_that_it_is_not_found(string endpoint)
    {
        await using var server = await RunningServer.StartAsync();
        var session = SessionOffers.Script(server);
        using var opened = await SessionOffers.OfferAsync(server, endpoint);
        (await server.Client.DeleteAsync(opened.Headers.Location, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await session.Ended.WaitAsync(Cancel);
        await Eventually.IsAsync(async () =>
            (await server.Client.DeleteAsync(opened.Headers.Location, Cancel)).StatusCode == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Candidates_trickle_under_the_sessions_etag()
    {
        await using var server = await RunningServer.StartAsync();
        var session = SessionOffers.Script(server);
        using var opened = await SessionOffers.OfferAsync(server, "/whip/a");
        using var patched = await SessionOffers.PatchAsync(server, opened, "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n", opened.Headers.ETag!.Tag);
        patched.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        session.Fragments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_ice_restart_gives_new_credentials_and_a_new_etag_and_voids_the_old()
    {
        await using var server = await RunningServer.StartAsync();
        SessionOffers.Script(server);
        using var opened = await SessionOffers.OfferAsync(server, "/whip/a");
        using var restarted = await SessionOffers.PatchAsync(server, opened, "a=ice-ufrag:x\r\na=ice-pwd:y\r\n", "*");
        restarted.StatusCode.ShouldBe(HttpStatusCode.OK);
        restarted.Content.Headers.ContentType!.MediaType.ShouldBe("application/trickle-ice-sdpfrag");
        restarted.Headers.ETag!.Tag.ShouldNotBe(opened.Headers.ETag!.Tag);
        using var late = await SessionOffers.PatchAsync(server, opened, "a=candidate:1\r\n", opened.Headers.ETag.Tag);
        await late.ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "version-mismatch");
    }

    [Fact]
    public async Task Options_tells_what_is_taken_and_the_ice_servers()
    {
        await using var server = await RunningServer.StartAsync("--Ice:Urls:0=turn:turn.example:3478", "--Ice:TurnSecret=s");
        using var response = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/whip/a"), Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        response.Headers.GetValues("Accept-Post").ShouldBe(["application/sdp"]);
        response.Headers.GetValues("Link").Single().ShouldMatch(
            "^<turn:turn.example:3478>; rel=\"ice-server\"; username=\"\\d+:a\"; credential=\".+\"; credential-type=\"password\"$");
    }

    [Fact]
    public async Task A_session_opened_with_a_key_that_expires_ends_with_it()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var session = SessionOffers.Script(server);
        using var client = server.ClientWith(server.MakeKey(Roles.Publish, expires: DateTimeOffset.FromUnixTimeSeconds(
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 6)));
        using var offer = new StringContent("v=0", Encoding.UTF8, "application/sdp");
        (await client.PostAsync("/whip/a", offer, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await session.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }

    [Fact]
    public async Task Another_rooms_address_does_not_reach_a_session()
    {
        await using var server = await RunningServer.StartAsync();
        var session = SessionOffers.Script(server);
        using var opened = await SessionOffers.OfferAsync(server, "/whip/a");
        await (await server.Client.DeleteAsync($"/whip/b/{session.Id}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "session-not-found");
        await (await server.Client.DeleteAsync($"/whep/a/{session.Id}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "session-not-found");
        session.Ended.IsCompleted.ShouldBeFalse();
    }
}
