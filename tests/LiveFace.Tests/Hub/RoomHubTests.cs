using System.Net;
using LiveFace.Access;
using LiveFace.Rooms;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Hub;

public sealed class RoomHubTests
{
    private static readonly RoomBox Box = new(0.25f, 0.25f, 0.5f, 0.5f);

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
    public async Task Detections_come_at_the_asked_rate_with_the_frames_timestamp()
    {
        await using var server = await RunningServer.StartAsync();
        await using var hub = await HubSocket.ConnectAsync(server.Address);
        await hub.InvokeAsync("Join", "a", new { detectionsPerSecond = 10 });
        var room = server.Rooms.Room("a");

        // Thirty frames a second for a second of the room's time, each taken before the next one comes.
        var seen = new List<long>();
        for (var frame = 0; frame < 30; frame++)
        {
            var wanted = false;
            room.Tell(o => wanted = o.WantsDetections(TimeSpan.FromSeconds(frame / 30.0)));
            if (!wanted)
                continue;
            room.Tell(o => o.DetectionsMade(new RoomDetections(
                "a", (uint)(frame * 3000), frame, 640, 480, true, [new RoomObject(7, "faces", "face", 0.9f, Box, true)])));
            var detections = await hub.EventAsync("detections");
            detections.GetProperty("rtpTimestamp").GetUInt32().ShouldBe((uint)(frame * 3000));
            detections.GetProperty("objects")[0].GetProperty("box").GetProperty("width").GetSingle().ShouldBe(0.5f);
            detections.GetProperty("objects")[0].GetProperty("track").GetInt32().ShouldBe(7);
            seen.Add(frame);
        }

        seen.Count.ShouldBeInRange(9, 11);
    }

    [Fact]
    public async Task A_rate_of_zero_means_no_detections()
    {
        await using var server = await RunningServer.StartAsync();
        await using var hub = await HubSocket.ConnectAsync(server.Address);
        await hub.InvokeAsync("Join", "a", new { detectionsPerSecond = 0 });
        var wanted = true;
        server.Rooms.Room("a").Tell(o => wanted = o.WantsDetections(TimeSpan.FromSeconds(5)));
        wanted.ShouldBeFalse();
    }

    [Fact]
    public async Task Statistics_come_to_those_who_ask()
    {
        await using var server = await RunningServer.StartAsync();
        await using var hub = await HubSocket.ConnectAsync(server.Address);
        await hub.InvokeAsync("Join", "a", new { stats = true });
        var stats = await hub.EventAsync("stats");
        stats.GetProperty("room").GetString().ShouldBe("a");
        stats.GetProperty("stages").GetProperty("total").GetProperty("p95").GetDouble().ShouldBe(9);
        stats.GetProperty("detector").GetProperty("state").GetString().ShouldBe("ready");
    }

    [Fact]
    public async Task A_client_that_reads_nothing_is_dropped_from_and_let_go_while_others_are_served()
    {
        await using var server = await RunningServer.StartAsync();
        using var slow = await DeafHubClient.JoinAsync(server.Address, "a");
        await using var quick = await HubSocket.ConnectAsync(server.Address);
        await quick.InvokeAsync("Join", "b", null);
        var room = server.Rooms.Room("a");
        await Eventually.IsAsync(() => room.Observers == 1);
        var notice = new RoomNotice("a", NoticeLevel.Info, "covered", new string('x', 20_000));

        // The sockets' buffers and the queue fill up; telling never waits for that.
        for (var i = 0; i < 20_000 && room.Observers > 0; i++)
            room.Tell(o => o.Noticed(notice));
        await Eventually.IsAsync(() => room.Observers == 0);

        server.Rooms.Room("b").Tell(o => o.Noticed(notice with { Room = "b" }));
        (await quick.EventAsync("notice")).GetProperty("room").GetString().ShouldBe("b");
    }

    [Fact]
    public async Task Leaving_and_closing_the_connection_both_end_the_observing()
    {
        await using var server = await RunningServer.StartAsync();
        var hub = await HubSocket.ConnectAsync(server.Address);
        await hub.InvokeAsync("Join", "a", null);
        await hub.InvokeAsync("Join", "b", null);
        await hub.InvokeAsync("Leave", "a");
        server.Rooms.Room("a").Observers.ShouldBe(0);
        server.Rooms.Room("b").Observers.ShouldBe(1);
        await hub.DisposeAsync();
        await Eventually.IsAsync(() => server.Rooms.Room("b").Observers == 0);
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

    [Fact]
    public async Task Calls_beyond_the_rate_are_refused()
    {
        await using var server = await RunningServer.StartAsync();
        await using var hub = await HubSocket.ConnectAsync(server.Address);
        var error = await Should.ThrowAsync<HubError>(async () =>
        {
            for (var i = 0; i < 2000; i++)
                await hub.InvokeAsync("Leave", "a");
        });
        error.Message.ShouldContain("too-many-requests");
    }

    [Fact]
    public async Task A_connection_ends_when_its_key_does()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var soon = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 6);
        await using var hub = await HubSocket.ConnectAsync(server.Address, server.MakeKey(Roles.View, "a", soon));
        (await hub.EventAsync("goodbye")).GetProperty("reason").GetString().ShouldBe("key-expired");
        await hub.UntilClosedAsync();
    }

    [Fact]
    public async Task Stopping_tells_everybody_drains_the_rooms_and_is_done_in_time_even_when_they_hang()
    {
        await using var server = await RunningServer.StartAsync();
        await using var hub = await HubSocket.ConnectAsync(server.Address);
        await hub.InvokeAsync("Join", "a", null);
        server.Rooms.HangsWhileDraining = true;
        var stopping = server.StopAsync();
        var goodbye = await hub.EventAsync("goodbye");
        goodbye.GetProperty("reason").GetString().ShouldBe("shutting-down");
        goodbye.GetProperty("retryAfterSeconds").GetInt32().ShouldBeGreaterThan(0);
        (await server.Client.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await stopping.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        server.Rooms.Drained.ShouldBeTrue();
    }
}
