using LiveFace.Rooms;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Hub;

/// <summary>How often the hub tells, and whom it leaves out.</summary>
public sealed class HubRateTests
{
    private static readonly RoomBox Box = new(0.25f, 0.25f, 0.5f, 0.5f);

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
}
