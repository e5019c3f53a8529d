using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LiveFace.Access;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Telemetry;
using LiveFace.Tests.Serving;
using LiveFace.WebRtc;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Api;

/// <summary>WHIP as RFC 9725 has it, and WHEP and the peer endpoint in the same manner.</summary>
public sealed class SessionEndpointsTests
{
    private const string Answer = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n";

    public static readonly TheoryData<string> Endpoints = ["/whip/a", "/whep/a", "/api/rooms/a/peer"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task An_offer_is_answered_with_201_and_where_the_session_is(string endpoint)
    {
        await using var server = await RunningServer.StartAsync("--Ice:Urls:0=stun:stun.example:3478");
        var session = Script(server);
        using var response = await OfferAsync(server, endpoint);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/sdp");
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBe(Answer);
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
        var session = Script(server);
        using var opened = await OfferAsync(server, endpoint);
        (await server.Client.DeleteAsync(opened.Headers.Location, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await session.Ended.WaitAsync(Cancel);
        await Eventually.IsAsync(async () =>
            (await server.Client.DeleteAsync(opened.Headers.Location, Cancel)).StatusCode == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Candidates_trickle_under_the_sessions_etag()
    {
        await using var server = await RunningServer.StartAsync();
        var session = Script(server);
        using var opened = await OfferAsync(server, "/whip/a");
        using var patched = await PatchAsync(server, opened, "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n", opened.Headers.ETag!.Tag);
        patched.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        session.Fragments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_ice_restart_gives_new_credentials_and_a_new_etag_and_voids_the_old()
    {
        await using var server = await RunningServer.StartAsync();
        Script(server);
        using var opened = await OfferAsync(server, "/whip/a");
        using var restarted = await PatchAsync(server, opened, "a=ice-ufrag:x\r\na=ice-pwd:y\r\n", "*");
        restarted.StatusCode.ShouldBe(HttpStatusCode.OK);
        restarted.Content.Headers.ContentType!.MediaType.ShouldBe("application/trickle-ice-sdpfrag");
        restarted.Headers.ETag!.Tag.ShouldNotBe(opened.Headers.ETag!.Tag);
        using var late = await PatchAsync(server, opened, "a=candidate:1\r\n", opened.Headers.ETag.Tag);
        await late.ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "version-mismatch");
    }

    [Fact]
    public async Task A_patch_without_if_match_is_428_and_of_another_type_415()
    {
        await using var server = await RunningServer.StartAsync();
        Script(server);
        using var opened = await OfferAsync(server, "/whip/a");
        using var bare = await PatchAsync(server, opened, "a=candidate:1\r\n", null);
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
        Script(server);
        using var json = await server.Client.PostAsync("/whip/a", new StringContent("{}", Encoding.UTF8, "application/json"), Cancel);
        await json.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "media-type-unsupported");
        using var large = await OfferAsync(server, "/whip/a", new string('a', 65 * 1024));
        await large.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Theory]
    [InlineData("a%20b")]
    [InlineData(".a")]
    [InlineData("%C3%A4")]
    public async Task A_room_with_a_bad_name_is_refused(string room)
    {
        await using var server = await RunningServer.StartAsync();
        using var response = await OfferAsync(server, $"/whip/{room}");
        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "room-name-invalid");
    }

    [Fact]
    public async Task Admission_is_503_with_a_reason_and_when_to_come_back()
    {
        await using var server = await RunningServer.StartAsync();
        server.Rooms.Refusal = new RoomRefusedException(RoomRefusal.TooBusy, "Frames take 40 ms.", TimeSpan.FromSeconds(7.2));
        using var response = await OfferAsync(server, "/whip/a");
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "too-busy");
        problem.GetProperty("detail").GetString().ShouldBe("Frames take 40 ms.");
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task On_a_full_machine_a_newcomer_is_told_when_to_come_back_and_who_watches_is_not_turned_away()
    {
        // Any load at all is over this line once it is measured.
        await using var server = await RunningServer.StartWholeAsync("--Rooms:FullAt=0.000000001", "--Access:RequestsPerMinute=60000");
        await Eventually.IsAsync(async () =>
        {
            using var tried = await OfferAsync(server, "/whip/a");
            return tried.StatusCode == HttpStatusCode.ServiceUnavailable;
        });
        using var refused = await OfferAsync(server, "/api/rooms/b/peer");
        await refused.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "too-busy");
        refused.Headers.RetryAfter!.Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        using var watching = await OfferAsync(server, "/whep/a");
        watching.StatusCode.ShouldBe(HttpStatusCode.Conflict, "there is nobody to watch, and that is all that is said");
    }

    [Fact]
    public async Task A_room_more_than_there_may_be_is_refused_with_when_to_come_back()
    {
        await using var server = await RunningServer.StartWholeAsync("--Rooms:MaximumRooms=1", "--Rooms:IdleSeconds=40");
        using var first = await OfferAsync(server, "/whip/a");
        first.StatusCode.ShouldBe(HttpStatusCode.NotAcceptable, "the room is there, only the offer is none");
        using var refused = await OfferAsync(server, "/whip/b");
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(40));
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
        using var response = await OfferAsync(server, "/whip/a");
        (await response.ShouldBeProblemAsync((HttpStatusCode)status, code)).GetProperty("detail").GetString().ShouldBe("Because of that.");
    }

    [Fact]
    public async Task A_failure_of_ours_is_a_problem_too_and_tells_nothing()
    {
        await using var server = await RunningServer.StartAsync("--Logging:LogLevel:Default=None");
        server.Rooms.Room("a").Answering = _ => throw new InvalidOperationException("secret path /etc");
        using var response = await OfferAsync(server, "/whip/a");
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
        var session = Script(server);
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
        var session = Script(server);
        using var opened = await OfferAsync(server, "/whip/a");
        await (await server.Client.DeleteAsync($"/whip/b/{session.Id}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "session-not-found");
        await (await server.Client.DeleteAsync($"/whep/a/{session.Id}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "session-not-found");
        session.Ended.IsCompleted.ShouldBeFalse();
    }

    [Theory]
    [InlineData("/whip/a")]
    [InlineData("/api/rooms/a/peer")]
    public async Task A_publisher_says_with_the_offer_what_is_to_be_hidden(string endpoint)
    {
        await using var server = await RunningServer.StartAsync();
        Script(server);
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
        Script(server);
        using var request = Offer("/whip/a");
        request.Headers.TryAddWithoutValidation(header, value).ShouldBeTrue();
        await (await server.Client.SendAsync(request, Cancel)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "policy-invalid");
        server.Rooms.Room("a").Wishes.ShouldBeNull();
    }

    [Fact]
    public async Task Who_has_a_publishing_sessions_address_changes_its_floor()
    {
        await using var server = await RunningServer.StartAsync();
        var session = Script(server);
        using var opened = await OfferAsync(server, "/whip/a");
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

    private static ScriptedSession Script(RunningServer server)
    {
        var session = new ScriptedSession(Answer);
        server.Rooms.Room("a").Answering = _ => session;
        return session;
    }

    private static Task<HttpResponseMessage> OfferAsync(RunningServer server, string endpoint, string offer = "v=0\r\n") =>
        server.Client.PostAsync(endpoint, new StringContent(offer, Encoding.UTF8, "application/sdp"), Cancel);

    private static async Task<HttpResponseMessage> PatchAsync(
        RunningServer server, HttpResponseMessage opened, string fragment, string? ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, opened.Headers.Location)
        {
            Content = new StringContent(fragment, new MediaTypeHeaderValue("application/trickle-ice-sdpfrag")),
        };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await server.Client.SendAsync(request, Cancel);
    }
}
