using System.Net;
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
        var (_, invitation) = await MeetingSteps.InviteAsync(server);
        using var ada = await MeetingSteps.JoinAsync(server, invitation, "Ada");
        using var ben = await MeetingSteps.JoinAsync(server, invitation, "Ben");
        MeetingSteps.Answer(server, ada.Room);
        MeetingSteps.Answer(server, ben.Room);

        (await ada.Client.PutAsync($"/api/rooms/{ada.Room}/policy", MeetingSteps.Json("""{"preset":"hide-persons"}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ada.Client.PostAsync($"/whip/{ada.Room}", MeetingSteps.Offer(), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await ada.Client.PostAsync($"/whep/{ben.Room}", MeetingSteps.Offer(), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);

        foreach (var (method, path, body) in ((HttpMethod, string, HttpContent)[])
        [
            (HttpMethod.Put, $"/api/rooms/{ben.Room}/policy", MeetingSteps.Json("""{"preset":"overlay-boxes"}""")),
            (HttpMethod.Put, $"/api/rooms/{ben.Room}/muted", MeetingSteps.Json("""{"muted":true}""")),
            (HttpMethod.Post, $"/whip/{ben.Room}", MeetingSteps.Offer()),
            (HttpMethod.Post, $"/api/rooms/{ben.Room}/peer", MeetingSteps.Offer()),
            (HttpMethod.Post, $"/api/rooms/{ben.Room}/share", MeetingSteps.Json("{}")),
            (HttpMethod.Delete, $"/api/rooms/{ben.Room}", MeetingSteps.Json("")),
            (HttpMethod.Delete, $"/api/meetings/standup/participants/{ben.Room}", MeetingSteps.Json("")),
            (HttpMethod.Delete, "/api/meetings/standup", MeetingSteps.Json("")),
            (HttpMethod.Post, "/api/meetings/standup/participants", MeetingSteps.Json("""{"name":"Eve"}""")),
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
        var (_, invitation) = await MeetingSteps.InviteAsync(server);
        using var guest = server.ClientWith(invitation);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        await (await guest.SendAsync(request, Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task Nobody_else_publishes_into_a_participants_room_whatever_their_key()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (organiser, invitation) = await MeetingSteps.InviteAsync(server);
        using var ada = await MeetingSteps.JoinAsync(server, invitation, "Ada");
        MeetingSteps.Answer(server, ada.Room);
        foreach (var key in (string[])[organiser, server.MakeKey(Roles.Admin)])
        {
            using var other = server.ClientWith(key);
            await (await other.PostAsync($"/whip/{ada.Room}", MeetingSteps.Offer(), Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        }

        // What a participant makes from their own token is theirs: OBS, say.
        var obs = await KeySteps.ShareWithAsync(server, ada.Token, ada.Room, """{"roles":["publish"]}""");
        using var camera = server.ClientWith(obs);
        (await camera.PostAsync($"/whip/{ada.Room}", MeetingSteps.Offer(), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);
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
        (await other.PutAsync("/api/rooms/a/policy", MeetingSteps.Json("""{"preset":"hide-persons"}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await obs.EventAsync("policy")).GetProperty("policy").GetProperty("preset").GetString().ShouldBe("hide-persons");
    }
}
