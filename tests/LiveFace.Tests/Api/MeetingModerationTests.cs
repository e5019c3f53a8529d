using System.Net;
using LiveFace.Tests.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Api;

/// <summary>What a moderator does to a participant, and what stays.</summary>
public sealed class MeetingModerationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_removed_is_out_at_once_and_the_others_stay()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (organiser, invitation) = await MeetingSteps.InviteAsync(server);
        using var ada = await MeetingSteps.JoinAsync(server, invitation, "Ada");
        using var ben = await MeetingSteps.JoinAsync(server, invitation, "Ben");
        var session = MeetingSteps.Answer(server, ada.Room);
        (await ada.Client.PostAsync($"/whip/{ada.Room}", MeetingSteps.Offer(), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await using var hub = await HubSocket.ConnectAsync(server.Address, ada.Token);
        using var host = server.ClientWith(organiser);
        (await (await host.GetAsync("/api/meetings/standup/participants", Cancel)).JsonAsync())
            .EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["Ada", "Ben"], ignoreOrder: true);
        (await host.DeleteAsync($"/api/meetings/standup/participants/{ada.Room}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await session.Ended.WaitAsync(TimeSpan.FromSeconds(5), Cancel);
        (await hub.EventAsync("goodbye")).GetProperty("reason").GetString().ShouldBe("key-revoked");
        await KeySteps.ShouldBeVoidAsync(server, ada.Token, ada.Room);
        (await ben.Client.GetAsync($"/api/rooms/{ben.Room}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_closed_meeting_is_over_for_all_and_its_invitations_are_void()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (organiser, invitation) = await MeetingSteps.InviteAsync(server);
        using var ada = await MeetingSteps.JoinAsync(server, invitation, "Ada");
        var room = server.Rooms.Room(ada.Room);
        using var host = server.ClientWith(organiser);
        (await host.DeleteAsync("/api/meetings/standup", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        room.Ended.ShouldBeTrue();
        await KeySteps.ShouldBeVoidAsync(server, ada.Token, ada.Room);
        await KeySteps.ShouldBeVoidAsync(server, invitation, "standup.x");
        (await host.GetAsync("/api/rooms/standup.x", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_moderator_mutes_and_a_participant_does_not_undo_it()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (organiser, invitation) = await MeetingSteps.InviteAsync(server);
        using var ada = await MeetingSteps.JoinAsync(server, invitation, "Ada");
        using var host = server.ClientWith(organiser);
        // Before Ada has come, or after she left to come back unmuted.
        (await host.PutAsync($"/api/rooms/{ada.Room}/muted", MeetingSteps.Json("""{"muted":true}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var room = server.Rooms.Room(ada.Room);
        room.Muted.ShouldBeTrue();
        await (await ada.Client.PutAsync($"/api/rooms/{ada.Room}/muted", MeetingSteps.Json("""{"muted":false}"""), Cancel))
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        room.Muted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_moderator_hides_more_and_never_less_and_the_participant_is_told_and_does_not_undo_it()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (organiser, invitation) = await MeetingSteps.InviteAsync(server);
        using var ada = await MeetingSteps.JoinAsync(server, invitation, "Ada");
        var room = server.Rooms.Room(ada.Room);
        (await ada.Client.PutAsync($"/api/rooms/{ada.Room}/policy", MeetingSteps.Json("""{"preset":"hide-persons"}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var hub = await HubSocket.ConnectAsync(server.Address, ada.Token);
        await hub.InvokeAsync("Join", ada.Room, null);

        using var host = server.ClientWith(organiser);
        await using var hostHub = await HubSocket.ConnectAsync(server.Address, organiser);
        (await host.PutAsync($"/api/rooms/{ada.Room}/policy", MeetingSteps.Json("""{"preset":"overlay-boxes"}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        room.Policy.NothingHidden.ShouldBeFalse();
        room.Policy.Rules.Select(r => r.When.Model).ShouldBe(["objects", "faces"]);
        await hostHub.InvokeAsync("SetPolicy", ada.Room, new { preset = "overlay-boxes" }, null);
        room.Policy.Rules.Select(r => r.When.Model).ShouldBe(["objects", "faces"]);

        (await host.PutAsync($"/api/rooms/{ada.Room}/policy", MeetingSteps.Json("""{"preset":"cover-everything"}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        room.Policy.Cover.ShouldBeTrue();
        (await hub.EventAsync("policy")).GetProperty("room").GetString().ShouldBe(ada.Room);
        (await ada.Client.PutAsync($"/api/rooms/{ada.Room}/policy", MeetingSteps.Json("""{"preset":"blur-faces"}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        room.Policy.Cover.ShouldBeTrue();
        (await host.PutAsync($"/api/rooms/{ada.Room}/policy", MeetingSteps.Json("""{"preset":"overlay-boxes"}"""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        room.Policy.Cover.ShouldBeFalse();
        room.Policy.Rules.ShouldHaveSingleItem().When.Model.ShouldBe("faces");
    }
}
