using LiveFace.Access;
using LiveFace.Rooms;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Hub;

public sealed class RoomHubTests
{
    [Fact]
    public async Task Joining_gives_the_state_the_policy_and_what_one_may_do()
    {
        await using var server = await RunningServer.StartLockedAsync();
        await using var hub = await HubSocket.ConnectAsync(server.Address, server.MakeKey(Roles.View | Roles.Control, "a"));
        var snapshot = await hub.InvokeAsync("Join", "a", null);
        snapshot.GetProperty("state").GetProperty("room").GetString().ShouldBe("a");
        snapshot.GetProperty("policy").GetProperty("preset").GetString().ShouldBe("blur-faces");
        snapshot.GetProperty("roles").EnumerateArray().Select(r => r.GetString()).ShouldBe(["view", "control"]);
        server.Rooms.Room("a").Observers.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_of_policy_is_told_to_everybody_in_the_room()
    {
        await using var server = await RunningServer.StartAsync();
        await using var one = await HubSocket.ConnectAsync(server.Address);
        await using var other = await HubSocket.ConnectAsync(server.Address);
        await one.InvokeAsync("Join", "a", null);
        await other.InvokeAsync("Join", "a", null);
        var set = await one.InvokeAsync("SetPolicy", "a", new { preset = "cover-everything" }, 1);
        set.GetProperty("version").GetInt64().ShouldBe(2);
        var told = await other.EventAsync("policy");
        told.GetProperty("room").GetString().ShouldBe("a");
        told.GetProperty("policy").GetProperty("cover").GetBoolean().ShouldBeTrue();
        (await Should.ThrowAsync<HubError>(() => other.InvokeAsync("SetPolicy", "a", new { preset = "blur-faces" }, 1)))
            .Message.ShouldContain("HubException: version-mismatch: ");
    }

    [Fact]
    public async Task A_bad_policy_is_told_by_field()
    {
        await using var server = await RunningServer.StartAsync();
        await using var hub = await HubSocket.ConnectAsync(server.Address);
        (await Should.ThrowAsync<HubError>(() => hub.InvokeAsync("SetPolicy", "a", new { lookAheadFrames = 99 }, null)))
            .Message.ShouldContain("HubException: policy-invalid: ");
    }

    [Theory]
    [InlineData("Join", "b")]
    [InlineData("GetPolicy", "b")]
    [InlineData("EndRoom", "a")]
    public async Task What_the_key_does_not_allow_is_refused(string method, string room)
    {
        await using var server = await RunningServer.StartLockedAsync();
        await using var hub = await HubSocket.ConnectAsync(server.Address, server.MakeKey(Roles.View, "a"));
        object?[] arguments = method == "Join" ? [room, null] : [room];
        (await Should.ThrowAsync<HubError>(() => hub.InvokeAsync(method, arguments))).Message.ShouldContain("HubException: not-allowed: ");
    }

    [Fact]
    public async Task Watching_a_beginning_tells_of_rooms_that_one_may_view()
    {
        await using var server = await RunningServer.StartLockedAsync();
        await using var hub = await HubSocket.ConnectAsync(server.Address, server.MakeKey(Roles.View, "standup.*"));
        (await hub.InvokeAsync("Watch", "st")).GetArrayLength().ShouldBe(0);
        var state = new RoomState("", null, 0, 0, RoomCover.Starting, 1);
        server.Rooms.TellWatchers(state with { Room = "street" });
        server.Rooms.TellWatchers(state with { Room = "standup.anna" });
        var told = await hub.EventAsync("roomState");
        told.GetProperty("room").GetString().ShouldBe("standup.anna");
        told.GetProperty("cover").GetString().ShouldBe("starting");
    }
}
