using System.Net;
using System.Net.Http.Json;
using System.Text;
using LiveFace.Access;
using LiveFace.Tests.Access;
using LiveFace.Tests.Jobs;
using LiveFace.Tests.Jobs.Spread;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Shared;

/// <summary>Grants while the database is away.</summary>
public sealed class LostStoreGrantTests : LostDatabaseTestBase
{
    [Fact]
    public async Task What_is_open_ends_when_the_database_is_away_for_longer_than_it_may_be()
    {
        await using var two = await TwoServers.StartAsync("--Storage:StaleSeconds=5", "--Storage:LostSeconds=6");
        var (_, key) = await two.MakeKeyAsync("view");
        await using var hub = await HubSocket.ConnectAsync(two.B.Address, key);
        var session = new ScriptedSession("v=0\r\n");
        two.B.Rooms.Room("a").Answering = _ => session;
        using var client = two.B.ClientWith(key);
        using var opened = await client.PostAsync("/whep/a", new StringContent("v=0", Encoding.UTF8, "application/sdp"), Cancel);
        opened.StatusCode.ShouldBe(HttpStatusCode.Created);

        await two.Database.KillAsync();

        (await hub.EventAsync("goodbye")).GetProperty("reason").GetString().ShouldBe("store-unreachable");
        await hub.UntilClosedAsync();
        await session.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }

    [Fact]
    public async Task A_server_that_was_stopped_and_wakes_up_with_old_memory_refuses_before_it_has_read_anew()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var settings = TwoServers.Settings(postgres);
        await using var a = await RunningServer.StartAsync(settings);
        await using var b = await ServerProgram.StartAsync(Path.Combine(_root, "b"), _root, settings);
        using var admin = a.ClientWith(a.MakeKey(Roles.Admin));
        var made = await (await admin.PostAsJsonAsync("/api/keys", new { name = "made", roles = new[] { "view" } }, Cancel)).JsonAsync();
        var (id, key) = (made.GetProperty("id").GetString(), made.GetProperty("key").GetString()!);
        b.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        await Eventually.IsAsync(async () => (await b.Client.GetAsync("/api/stickers", Cancel)).StatusCode == HttpStatusCode.OK);

        b.Hold();
        (await admin.DeleteAsync($"/api/keys/{id}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var deleted = TimeProvider.System.GetTimestamp();
        await postgres.KillAsync();
        await Eventually.IsAsync(() => TimeProvider.System.GetElapsedTime(deleted) > TimeSpan.FromSeconds(6));
        b.LetGoOn();

        // It has no way to read anew, and the key is in its memory.
        await (await b.Client.GetAsync("/api/stickers", Cancel)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "store-unreachable");
        await postgres.StartAgainAsync();
        await Eventually.IsAsync(async () => (await b.Client.GetAsync("/api/stickers", Cancel)).StatusCode == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_taken_back_while_the_database_is_away_is_void_there_at_once_and_everywhere_when_it_is_back()
    {
        await using var two = await TwoServers.StartAsync();
        var (id, key) = await two.MakeKeyAsync("view");
        await two.Database.KillAsync();
        await (await two.Admin.DeleteAsync($"/api/keys/{id}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-failed");
        await KeySteps.ShouldBeVoidAsync(two.A, key);

        await two.Database.StartAgainAsync();
        await TwoServers.UntilAsync(two.B, key, HttpStatusCode.Unauthorized);
        await KeySteps.ShouldBeVoidAsync(two.A, key);
    }
}
