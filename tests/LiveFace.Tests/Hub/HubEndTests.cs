using System.Net;
using LiveFace.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Hub;

/// <summary>How connections to the hub end.</summary>
public sealed class HubEndTests
{
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
