using System.Net;
using System.Net.Http.Json;
using LiveFace.Access;
using LiveFace.Storage;
using LiveFace.Tests.Access;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Storage;

/// <summary>A disk that takes no writes makes nothing laxer, and the server says so.</summary>
public sealed class FullDiskTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_could_not_be_kept_opens_nothing_and_readiness_tells()
    {
        await using var server = await RunningServer.StartLockedAsync();
        using var admin = server.ClientWith(server.MakeKey(Roles.Admin));
        TakeWrites(server, false);
        await (await admin.PostAsJsonAsync("/api/keys", new { name = "lost", roles = new[] { "view" } }, Cancel))
            .ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-failed");
        (await admin.GetStringAsync("/api/keys", Cancel)).ShouldNotContain("lost");
        using var unready = await admin.GetAsync("/health/ready", Cancel);
        unready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await unready.Content.ReadAsStringAsync(Cancel)).ShouldContain("takes no writes");
        TakeWrites(server, true);
        (await admin.GetStringAsync("/health/ready", Cancel)).ShouldNotContain("takes no writes");
    }

    [Fact]
    public async Task A_key_that_is_deleted_meanwhile_is_void_at_once_is_not_said_to_be_gone_and_stays_void_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-test-").FullName;
        var first = await RunningServer.StartInAsync(folder, "--Access:RequireKey=true");
        var (id, key) = await KeySteps.MakeKeyAsync(first, "view", "control");
        var link = await KeySteps.ShareAsync(first, key, "a", "view");
        using var admin = first.ClientWith(first.MakeKey(Roles.Admin));
        TakeWrites(first, false);
        await (await admin.DeleteAsync($"/api/keys/{id}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-failed");
        await KeySteps.ShouldBeVoidAsync(first, key);
        await KeySteps.ShouldBeVoidAsync(first, link);
        TakeWrites(first, true);
        var database = first.Services.GetRequiredService<Database>();
        await Eventually.IsAsync(() => database.Query("SELECT id FROM keys WHERE id = $id", r => r.GetString(0), ("$id", id)).Count == 0);
        await first.StopAsync();

        await using var second = await RunningServer.StartInAsync(folder, "--Access:RequireKey=true");
        await KeySteps.ShouldBeVoidAsync(second, key);
        await KeySteps.ShouldBeVoidAsync(second, link);
    }

    [Fact]
    public async Task Links_that_are_taken_back_meanwhile_are_void_at_once_and_stay_so()
    {
        await using var server = await RunningServer.StartLockedAsync();
        var (_, key) = await KeySteps.MakeKeyAsync(server, "view", "control");
        var link = await KeySteps.ShareAsync(server, key, "a", "view");
        using var owner = server.ClientWith(key);
        TakeWrites(server, false);
        await (await owner.DeleteAsync("/api/rooms/a/share", Cancel)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-failed");
        await KeySteps.ShouldBeVoidAsync(server, link);
        TakeWrites(server, true);
        await Eventually.IsAsync(async () => (await owner.DeleteAsync("/api/rooms/a/share", Cancel)).StatusCode == HttpStatusCode.NoContent);
        await KeySteps.ShouldBeVoidAsync(server, link);
    }

    /// <summary>SQLite itself refuses, as it does on a full disk.</summary>
    private static void TakeWrites(RunningServer server, bool takes) =>
        server.Services.GetRequiredService<Database>().Execute($"PRAGMA query_only={(takes ? "OFF" : "ON")}");
}
