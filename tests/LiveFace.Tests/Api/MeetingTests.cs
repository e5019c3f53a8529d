using System.Net;
using System.Net.Http.Json;
using System.Text;
using LiveFace.Access;
using LiveFace.Tests.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Api;

/// <summary>Nobody in a meeting can unmask, impersonate or end another; who organises can hide more, silence, remove and close.</summary>
public sealed class MeetingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guest_has_a_room_of_their_own_and_no_power_over_anothers()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (_, invitation) = await InviteAsync(server);
        using var ada = await JoinAsync(server, invitation, "Ada");
        using var ben = await JoinAsync(server, invitation, "Ben");
        Answer(server, ada.Room);
        Answer(server, ben.Room);

        (await ada.Client.PutAsync($"/api/rooms/{ada.Room}/policy", Json("""{"preset":"hide-persons"}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ada.Client.PostAsync($"/whip/{ada.Room}", Offer(), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await ada.Client.PostAsync($"/whep/{ben.Room}", Offer(), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);

        foreach (var (method, path, body) in ((HttpMethod, string, HttpContent)[])
        [
            (HttpMethod.Put, $"/api/rooms/{ben.Room}/policy", Json("""{"preset":"overlay-boxes"}""")),
            (HttpMethod.Put, $"/api/rooms/{ben.Room}/muted", Json("""{"muted":true}""")),
            (HttpMethod.Post, $"/whip/{ben.Room}", Offer()),
            (HttpMethod.Post, $"/api/rooms/{ben.Room}/peer", Offer()),
            (HttpMethod.Post, $"/api/rooms/{ben.Room}/share", Json("{}")),
            (HttpMethod.Delete, $"/api/rooms/{ben.Room}", Json("")),
            (HttpMethod.Delete, $"/api/meetings/standup/participants/{ben.Room}", Json("")),
            (HttpMethod.Delete, "/api/meetings/standup", Json("")),
            (HttpMethod.Post, "/api/meetings/standup/participants", Json("""{"name":"Eve"}""")),
        ])
        {
            using var request = new HttpRequestMessage(method, path) { Content = body };
            using var response = await ada.Client.SendAsync(request, Cancel);
            await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        }

        server.Rooms.Room(ben.Room).Policy.Preset.ShouldBe("blur-faces");
        server.Rooms.Room(ben.Room).Ended.ShouldBeFalse();
        await using var hub = await HubSocket.ConnectAsync(server.Address, ada.Token);
        (await Should.ThrowAsync<HubError>(() => hub.InvokeAsync("SetPolicy", ben.Room, new { preset = "overlay-boxes" }, null))).Message.ShouldContain("not-allowed");
        (await Should.ThrowAsync<HubError>(() => hub.InvokeAsync("EndRoom", ben.Room))).Message.ShouldContain("not-allowed");
    }

    [Theory]
    [InlineData("GET", "/api/rooms")]
    [InlineData("GET", "/api/rooms/standup.ada")]
    [InlineData("POST", "/whip/standup.ada")]
    [InlineData("POST", "/whep/standup.ada")]
    [InlineData("POST", "/api/rooms/standup.ada/share")]
    [InlineData("GET", "/api/meetings/standup/participants")]
    [InlineData("POST", "/api/meetings/other/participants")]
    public async Task An_invitation_lets_in_and_does_nothing_else(string method, string path)
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (_, invitation) = await InviteAsync(server);
        using var guest = server.ClientWith(invitation);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        await (await guest.SendAsync(request, Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task Nobody_else_publishes_into_a_participants_room_whatever_their_key()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (organiser, invitation) = await InviteAsync(server);
        using var ada = await JoinAsync(server, invitation, "Ada");
        Answer(server, ada.Room);
        foreach (var key in (string[])[organiser, server.MakeKey(Roles.Admin)])
        {
            using var other = server.ClientWith(key);
            await (await other.PostAsync($"/whip/{ada.Room}", Offer(), Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        }

        // What a participant makes from their own token is theirs: OBS, say.
        var obs = await RevocationTests.ShareWithAsync(server, ada.Token, ada.Room, """{"roles":["publish"]}""");
        using var camera = server.ClientWith(obs);
        (await camera.PostAsync($"/whip/{ada.Room}", Offer(), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Who_is_removed_is_out_at_once_and_the_others_stay()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (organiser, invitation) = await InviteAsync(server);
        using var ada = await JoinAsync(server, invitation, "Ada");
        using var ben = await JoinAsync(server, invitation, "Ben");
        var session = Answer(server, ada.Room);
        (await ada.Client.PostAsync($"/whip/{ada.Room}", Offer(), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await using var hub = await HubSocket.ConnectAsync(server.Address, ada.Token);
        using var host = server.ClientWith(organiser);
        (await (await host.GetAsync("/api/meetings/standup/participants", Cancel)).JsonAsync())
            .EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["Ada", "Ben"], ignoreOrder: true);
        (await host.DeleteAsync($"/api/meetings/standup/participants/{ada.Room}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await session.Ended.WaitAsync(TimeSpan.FromSeconds(5), Cancel);
        (await hub.EventAsync("goodbye")).GetProperty("reason").GetString().ShouldBe("key-revoked");
        await RevocationTests.ShouldBeVoidAsync(server, ada.Token, ada.Room);
        (await ben.Client.GetAsync($"/api/rooms/{ben.Room}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_closed_meeting_is_over_for_all_and_its_invitations_are_void()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (organiser, invitation) = await InviteAsync(server);
        using var ada = await JoinAsync(server, invitation, "Ada");
        var room = server.Rooms.Room(ada.Room);
        using var host = server.ClientWith(organiser);
        (await host.DeleteAsync("/api/meetings/standup", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        room.Ended.ShouldBeTrue();
        await RevocationTests.ShouldBeVoidAsync(server, ada.Token, ada.Room);
        await RevocationTests.ShouldBeVoidAsync(server, invitation, "standup.x");
        (await host.GetAsync("/api/rooms/standup.x", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_moderator_mutes_and_a_participant_does_not_undo_it()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (organiser, invitation) = await InviteAsync(server);
        using var ada = await JoinAsync(server, invitation, "Ada");
        using var host = server.ClientWith(organiser);
        // Before Ada has come, or after she left to come back unmuted.
        (await host.PutAsync($"/api/rooms/{ada.Room}/muted", Json("""{"muted":true}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var room = server.Rooms.Room(ada.Room);
        room.Muted.ShouldBeTrue();
        await (await ada.Client.PutAsync($"/api/rooms/{ada.Room}/muted", Json("""{"muted":false}"""), Cancel))
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        room.Muted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_moderator_hides_more_and_never_less_and_the_participant_is_told_and_does_not_undo_it()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (organiser, invitation) = await InviteAsync(server);
        using var ada = await JoinAsync(server, invitation, "Ada");
        var room = server.Rooms.Room(ada.Room);
        (await ada.Client.PutAsync($"/api/rooms/{ada.Room}/policy", Json("""{"preset":"hide-persons"}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var hub = await HubSocket.ConnectAsync(server.Address, ada.Token);
        await hub.InvokeAsync("Join", ada.Room, null);

        using var host = server.ClientWith(organiser);
        await using var hostHub = await HubSocket.ConnectAsync(server.Address, organiser);
        (await host.PutAsync($"/api/rooms/{ada.Room}/policy", Json("""{"preset":"overlay-boxes"}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        room.Policy.NothingHidden.ShouldBeFalse();
        room.Policy.Rules.Select(r => r.When.Model).ShouldBe(["objects", "faces"]);
        await hostHub.InvokeAsync("SetPolicy", ada.Room, new { preset = "overlay-boxes" }, null);
        room.Policy.Rules.Select(r => r.When.Model).ShouldBe(["objects", "faces"]);

        (await host.PutAsync($"/api/rooms/{ada.Room}/policy", Json("""{"preset":"cover-everything"}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        room.Policy.Cover.ShouldBeTrue();
        (await hub.EventAsync("policy")).GetProperty("room").GetString().ShouldBe(ada.Room);
        (await ada.Client.PutAsync($"/api/rooms/{ada.Room}/policy", Json("""{"preset":"blur-faces"}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        room.Policy.Cover.ShouldBeTrue();
        (await host.PutAsync($"/api/rooms/{ada.Room}/policy", Json("""{"preset":"overlay-boxes"}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        room.Policy.Cover.ShouldBeFalse();
        room.Policy.Rules.ShouldHaveSingleItem().When.Model.ShouldBe("faces");
    }

    [Fact]
    public async Task A_publisher_without_the_right_to_watch_is_told_how_they_are_hidden_and_of_no_detections()
    {
        await using var server = await RunningServer.StartLockedAsync();
        await using var obs = await HubSocket.ConnectAsync(server.Address, server.MakeKey(Roles.Publish, "a"));
        (await obs.InvokeAsync("Join", "a", new { detectionsPerSecond = 30 })).GetProperty("policy").GetProperty("preset").GetString().ShouldBe("blur-faces");
        var wanted = true;
        server.Rooms.Room("a").Tell(o => wanted = o.WantsDetections(TimeSpan.FromSeconds(5)));
        wanted.ShouldBeFalse();
        using var other = server.ClientWith(server.MakeKey(Roles.Control, "a"));
        (await other.PutAsync("/api/rooms/a/policy", Json("""{"preset":"hide-persons"}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await obs.EventAsync("policy")).GetProperty("policy").GetProperty("preset").GetString().ShouldBe("hide-persons");
    }

    internal static async Task<(string Organiser, string Invitation)> InviteAsync(RunningServer server)
    {
        var organiser = server.MakeKey(Roles.Publish | Roles.View | Roles.Control, "standup.*");
        var invitation = await RevocationTests.ShareWithAsync(
            server, organiser, "standup.invitation", """{"roles":["join"],"pattern":"standup.*"}""");
        return (organiser, invitation);
    }

    internal static async Task<Guest> JoinAsync(RunningServer server, string invitation, string name)
    {
        using var client = server.ClientWith(invitation);
        using var joined = await client.PostAsJsonAsync("/api/meetings/standup/participants", new { name }, Cancel);
        var place = await joined.JsonAsync();
        var token = place.GetProperty("token").GetString()!;
        return new Guest(place.GetProperty("room").GetString()!, token, server.ClientWith(token));
    }

    private static ScriptedSession Answer(RunningServer server, string room)
    {
        var session = new ScriptedSession("v=0\r\n");
        server.Rooms.Room(room).Answering = _ => session;
        return session;
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static StringContent Offer() => new("v=0", Encoding.UTF8, "application/sdp");

    internal sealed record Guest(string Room, string Token, HttpClient Client) : IDisposable
    {
        public void Dispose() => Client.Dispose();
    }
}
