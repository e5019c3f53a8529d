using System.Net;
using System.Text;
using LiveFace.Access;
using LiveFace.Telemetry;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Access;

/// <summary>A key or link that is taken back is dead at once: for requests, on the connections it opened, and all that came from it.</summary>
public sealed class RevocationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_hub_connection_of_a_deleted_key_is_told_and_ends_and_sets_nothing_more()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (id, key) = await KeySteps.MakeKeyAsync(server, "view", "control");
        await using var hub = await HubSocket.ConnectAsync(server.Address, key);
        await hub.InvokeAsync("Join", "a", null);
        await KeySteps.DeleteKeyAsync(server, id);
        (await hub.EventAsync("goodbye")).GetProperty("reason").GetString().ShouldBe("key-revoked");
        await hub.UntilClosedAsync();
        await Eventually.IsAsync(() => server.Rooms.Room("a").Observers == 0);
        server.Rooms.Room("a").Policy.Preset.ShouldBe("blur-faces");
    }

    [Fact]
    public async Task The_media_sessions_of_a_deleted_key_end()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (id, key) = await KeySteps.MakeKeyAsync(server, "publish");
        var (other, _) = await KeySteps.MakeKeyAsync(server, "publish");
        var session = new ScriptedSession("v=0\r\n");
        server.Rooms.Room("a").Answering = _ => session;
        using var client = server.ClientWith(key);
        (await client.PostAsync("/whip/a", new StringContent("v=0", Encoding.UTF8, "application/sdp"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await KeySteps.DeleteKeyAsync(server, other);
        session.Ended.IsCompleted.ShouldBeFalse();
        await KeySteps.DeleteKeyAsync(server, id);
        await session.Ended.WaitAsync(TimeSpan.FromSeconds(5), Cancel);
    }

    [Fact]
    public async Task Links_of_a_deleted_key_are_void_and_all_that_came_from_them()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (id, key) = await KeySteps.MakeKeyAsync(server, "view", "control");
        var link = await KeySteps.ShareAsync(server, key, "a", "view", "control");
        var child = await KeySteps.ShareAsync(server, link, "a", "view");
        await using var hub = await HubSocket.ConnectAsync(server.Address, child);
        await KeySteps.DeleteKeyAsync(server, id);
        await KeySteps.ShouldBeVoidAsync(server, link);
        await KeySteps.ShouldBeVoidAsync(server, child);
        await hub.UntilClosedAsync();
    }

    [Fact]
    public async Task Taking_a_rooms_links_back_reaches_what_a_guest_made_under_another_room()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (_, key) = await KeySteps.MakeKeyAsync(server, "publish", "view", "control");
        var guest = await KeySteps.ShareWithAsync(server, key, "standup.anna", """{"roles":["view","control"],"pattern":"standup.*"}""");
        var second = await KeySteps.ShareWithAsync(server, guest, "standup.ben", """{"roles":["view"],"pattern":"standup.*"}""");
        using var owner = server.ClientWith(key);
        (await owner.DeleteAsync("/api/rooms/standup.anna/share", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await KeySteps.ShouldBeVoidAsync(server, guest, "standup.ben");
        await KeySteps.ShouldBeVoidAsync(server, second, "standup.ben");
    }

    [Fact]
    public async Task What_was_taken_back_stays_so_over_a_restart_and_what_was_not_opens_still()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-test-").FullName;
        string link, kept;
        var first = await RunningServer.StartInAsync(folder, "--Access:RequireKey=true");
        var (_, key) = await KeySteps.MakeKeyAsync(first, "view", "control");
        link = await KeySteps.ShareAsync(first, key, "a", "view");
        kept = await KeySteps.ShareAsync(first, key, "b", "view");
        using (var owner = first.ClientWith(key))
            (await owner.DeleteAsync("/api/rooms/a/share", Cancel)).EnsureSuccessStatusCode();
        await first.StopAsync();

        await using var second = await RunningServer.StartInAsync(folder, "--Access:RequireKey=true");
        await KeySteps.ShouldBeVoidAsync(second, link);
        using var guest = second.ClientWith(kept);
        (await guest.GetAsync("/api/rooms/b", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_another_system_vouches_for_ends_when_it_cannot_be_asked_again()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var grant = new Grant("ada", [], null) { Owner = "ada", Recheck = new BrokenRecheck() };
        var ended = new TaskCompletionSource<GrantEnd>();
        using var opened = server.Services.GetRequiredService<OpenGrants>().Track(grant, ended.SetResult);
        (await ended.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancel)).ShouldBe(GrantEnd.Revoked);
        server.Services.GetRequiredService<FaultSink>().CountOf("open grant").ShouldBe(1);
    }

    private sealed class BrokenRecheck : IGrantRecheck
    {
        public TimeSpan Every => TimeSpan.FromMilliseconds(10);

        public bool IsOver => false;

        public Task AskAsync() => throw new InvalidOperationException("a fault");

        public ValueTask<bool> MayAsync(Roles roles, string room) => ValueTask.FromResult(true);
    }
}
