using System.Net;
using LiveFace.Access;
using LiveFace.Storage;
using LiveFace.Tests.Access;
using LiveFace.Tests.Jobs.Spread;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.Shared;

/// <summary>What a server kept by itself comes along into the shared database, once; the audit log there is one chain.</summary>
public sealed class TakeoverTests : TakeoverTestBase
{
    [Fact]
    public async Task Keys_links_policies_and_the_audit_log_come_along_once_and_are_gone_from_where_they_were()
    {
        var data = Path.Combine(_root, "data");
        string key, link;
        await using (var before = await RunningServer.StartInAsync(data, "--Access:RequireKey=true"))
        {
            key = before.MakeKey(Roles.View | Roles.Control);
            link = await KeySteps.ShareAsync(before, key, "a", "view");
            before.Services.GetRequiredService<StoredPolicies>().Save("kept", """{"rules":[],"cover":true}""");
            before.Services.GetRequiredService<AuditLog>().Write("began", "1", ("me", "k"));
            before.Services.GetRequiredService<AuditLog>().Write("ended", "1", ("me", "k"));
            await before.StopAsync();
            Copy(data, Path.Combine(_root, "copy"));
        }

        await using var postgres = await PostgresServer.StartAsync();
        var settings = TwoServers.Settings(postgres);
        Copy(Path.Combine(_root, "copy"), data);
        await using (var first = await RunningServer.StartInAsync(data, settings))
        {
            using var client = first.ClientWith(key);
            (await client.GetAsync("/api/rooms/a", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
            using var guest = first.ClientWith(link);
            (await guest.GetAsync("/api/rooms/a", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
            first.Services.GetRequiredService<StoredPolicies>().Find("kept").ShouldNotBeNull();
            first.Services.GetRequiredService<AuditLog>().Write("after", "1", ("me", "k")).Line.ShouldBe(3);
            var own = first.Services.GetRequiredService<Database>();
            SetIdentity(Path.Combine(_root, "copy"), own.Query("SELECT value FROM secrets WHERE name = 'identity'", row => (byte[])row[0])[0]);
            own.Query("SELECT id FROM keys UNION ALL SELECT id FROM links UNION ALL SELECT room FROM policies", row => row.GetString(0)).ShouldBeEmpty();
            File.Exists(Path.Combine(data, AuditLog.FileName)).ShouldBeFalse();
            using var admin = first.ClientWith(first.MakeKey(Roles.Admin));
            var id = first.Keys.All.Single(one => one.Scopes[0].Roles.HasFlag(Roles.View) && !one.Scopes[0].Roles.HasFlag(Roles.Admin)).Id;
            (await admin.DeleteAsync($"/api/keys/{id}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            await first.StopAsync();
        }

        await ShouldBeOneChainAsync(postgres, 3);

        // As after a crash between the shared database's commit and the deletion here: what was deleted since does not come back.
        await using (var again = await RunningServer.StartInAsync(Path.Combine(_root, "copy"), settings))
        {
            await KeySteps.ShouldBeVoidAsync(again, key);
            await KeySteps.ShouldBeVoidAsync(again, link);
            again.Services.GetRequiredService<Database>().Query("SELECT id FROM keys", row => row.GetString(0)).ShouldBeEmpty();
        }

        await ShouldBeOneChainAsync(postgres, 3);
    }

    [Fact]
    public async Task A_database_that_is_not_there_keeps_the_server_from_starting_with_one_sentence()
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => RunningServer.StartInAsync(
            Path.Combine(_root, "none"), $"--Storage:Database=Host=127.0.0.1;Port={FreePort.Next()};Username=liveface;Password=secret-word", "--Storage:WaitSeconds=1"));
        refused.Message.ShouldStartWith("Storage:Database: PostgreSQL cannot be used.");
        refused.Message.ShouldNotContain("secret-word");
    }

    /// <summary>As a takeover does before all else.</summary>
    private static void SetIdentity(string folder, byte[] identity)
    {
        using var database = new Database(Options.Create(new StorageOptions { Folder = folder }));
        database.Execute("INSERT INTO secrets (name, value) VALUES ('identity', @value)", ("@value", identity));
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }
}
