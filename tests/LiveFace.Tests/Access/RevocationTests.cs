using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
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
        var (id, key) = await MakeKeyAsync(server, "view", "control");
        await using var hub = await HubSocket.ConnectAsync(server.Address, key);
        await hub.InvokeAsync("Join", "a", null);
        await DeleteKeyAsync(server, id);
        (await hub.EventAsync("goodbye")).GetProperty("reason").GetString().ShouldBe("key-revoked");
        await hub.UntilClosedAsync();
        await Eventually.IsAsync(() => server.Rooms.Room("a").Observers == 0);
        server.Rooms.Room("a").Policy.Preset.ShouldBe("blur-faces");
    }

    [Fact]
    public async Task The_media_sessions_of_a_deleted_key_end()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (id, key) = await MakeKeyAsync(server, "publish");
        var (other, _) = await MakeKeyAsync(server, "publish");
        var session = new ScriptedSession("v=0\r\n");
        server.Rooms.Room("a").Answering = _ => session;
        using var client = server.ClientWith(key);
        (await client.PostAsync("/whip/a", new StringContent("v=0", Encoding.UTF8, "application/sdp"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await DeleteKeyAsync(server, other);
        session.Ended.IsCompleted.ShouldBeFalse();
        await DeleteKeyAsync(server, id);
        await session.Ended.WaitAsync(TimeSpan.FromSeconds(5), Cancel);
    }

    [Fact]
    public async Task Links_of_a_deleted_key_are_void_and_all_that_came_from_them()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (id, key) = await MakeKeyAsync(server, "view", "control");
        var link = await ShareAsync(server, key, "a", "view", "control");
        var child = await ShareAsync(server, link, "a", "view");
        await using var hub = await HubSocket.ConnectAsync(server.Address, child);
        await DeleteKeyAsync(server, id);
        await ShouldBeVoidAsync(server, link);
        await ShouldBeVoidAsync(server, child);
        await hub.UntilClosedAsync();
    }

    [Fact]
    public async Task Taking_a_rooms_links_back_reaches_what_a_guest_made_under_another_room()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (_, key) = await MakeKeyAsync(server, "publish", "view", "control");
        var guest = await ShareWithAsync(server, key, "standup.anna", """{"roles":["view","control"],"pattern":"standup.*"}""");
        var second = await ShareWithAsync(server, guest, "standup.ben", """{"roles":["view"],"pattern":"standup.*"}""");
        using var owner = server.ClientWith(key);
        (await owner.DeleteAsync("/api/rooms/standup.anna/share", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await ShouldBeVoidAsync(server, guest, "standup.ben");
        await ShouldBeVoidAsync(server, second, "standup.ben");
    }

    [Fact]
    public async Task What_was_taken_back_stays_so_over_a_restart_and_what_was_not_opens_still()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-test-").FullName;
        string link, kept;
        var first = await RunningServer.StartInAsync(folder, "--Access:RequireKey=true");
        var (_, key) = await MakeKeyAsync(first, "view", "control");
        link = await ShareAsync(first, key, "a", "view");
        kept = await ShareAsync(first, key, "b", "view");
        using (var owner = first.ClientWith(key))
            (await owner.DeleteAsync("/api/rooms/a/share", Cancel)).EnsureSuccessStatusCode();
        await first.StopAsync();

        await using var second = await RunningServer.StartInAsync(folder, "--Access:RequireKey=true");
        await ShouldBeVoidAsync(second, link);
        using var guest = second.ClientWith(kept);
        (await guest.GetAsync("/api/rooms/b", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    internal static async Task<(string Id, string Key)> MakeKeyAsync(RunningServer server, params string[] roles)
    {
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        var made = await (await admin.PostAsJsonAsync("/api/keys", new { name = "made", roles }, Cancel)).JsonAsync();
        return (made.GetProperty("id").GetString()!, made.GetProperty("key").GetString()!);
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

    internal static async Task DeleteKeyAsync(RunningServer server, string id)
    {
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        (await admin.DeleteAsync($"/api/keys/{id}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    internal static Task<string> ShareAsync(RunningServer server, string key, string room, params string[] roles) =>
        ShareWithAsync(server, key, room, JsonSerializer.Serialize(new { roles }));

    internal static async Task<string> ShareWithAsync(RunningServer server, string key, string room, string body)
    {
        using var client = server.ClientWith(key);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return (await (await client.PostAsync($"/api/rooms/{room}/share", content, Cancel)).JsonAsync()).GetProperty("token").GetString()!;
    }

    internal static async Task ShouldBeVoidAsync(RunningServer server, string token, string room = "a")
    {
        using var client = server.ClientWith(token);
        await (await client.GetAsync($"/api/rooms/{room}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key-invalid");
    }
}
