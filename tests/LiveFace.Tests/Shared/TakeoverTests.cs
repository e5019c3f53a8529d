using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LiveFace.Access;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Storage;
using LiveFace.Storage.Shared;
using LiveFace.Tests.Access;
using LiveFace.Tests.Jobs.Spread;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.Shared;

/// <summary>What a server kept by itself comes along into the shared database, once; the audit log there is one chain.</summary>
public sealed class TakeoverTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("liveface-takeover-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_links_policies_and_the_audit_log_come_along_once_and_are_gone_from_where_they_were()
    {
        var data = Path.Combine(_root, "data");
        string key, link;
        await using (var before = await RunningServer.StartInAsync(data, "--Access:RequireKey=true"))
        {
            key = before.MakeKey(Roles.View | Roles.Control);
            link = await RevocationTests.ShareAsync(before, key, "a", "view");
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
            await RevocationTests.ShouldBeVoidAsync(again, key);
            await RevocationTests.ShouldBeVoidAsync(again, link);
            again.Services.GetRequiredService<Database>().Query("SELECT id FROM keys", row => row.GetString(0)).ShouldBeEmpty();
        }

        await ShouldBeOneChainAsync(postgres, 3);
    }

    [Fact]
    public async Task Of_two_servers_policies_for_one_room_what_either_hides_is_hidden()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var store = Open(postgres);
        using var own = new Database(Options.Create(new StorageOptions { Folder = Path.Combine(_root, "second") }));
        var (open, hidden) = (RoomPolicies.Write(PolicyPresets.OverlayBoxes with { Version = 7 }), RoomPolicies.Write(PolicyPresets.HidePersons with { Version = 3 }));
        var covered = RoomPolicies.Write(PolicyPresets.CoverEverything);
        (string Room, string Shared, string Own)[] rooms = [("looser", hidden, open), ("stricter", open, hidden), ("unread", open, """{"rules":[],"surprise":1}""")];
        foreach (var (room, shared, ours) in rooms)
        {
            store.Execute("INSERT INTO policies (room, json, changed) VALUES (@room, @json, 0)", ("@room", room), ("@json", shared));
            own.Execute("INSERT INTO policies (room, json, changed) VALUES (@room, @json, 0)", ("@room", room), ("@json", ours));
        }

        (string Room, bool Muted, string? More, bool OwnMuted, string? OwnMore)[] moderated =
            [("a", true, null, false, covered), ("b", false, open, true, hidden), ("c", false, hidden, false, null)];
        foreach (var (room, muted, more, ownMuted, ownMore) in moderated)
        {
            store.Execute("INSERT INTO moderation (room, muted, more) VALUES (@room, @muted, @more)", ("@room", room), ("@muted", muted), ("@more", more));
            own.Execute("INSERT INTO moderation (room, muted, more) VALUES (@room, @muted, @more)", ("@room", room), ("@muted", ownMuted), ("@more", ownMore));
        }

        new StoreTakeover(own, store).Run(TimeProvider.System);

        var policies = store.Query("SELECT room, json FROM policies", row => (row.GetString(0), row.GetString(1))).ToDictionary();
        ShouldHide(policies["looser"], "objects", "faces");
        ShouldHide(policies["stricter"], "objects", "faces");
        RoomPolicies.Read(policies["stricter"]).Version.ShouldBe(7);
        RoomPolicies.Read(policies["unread"]).Cover.ShouldBeTrue();
        var kept = store.Query("SELECT room, muted, more FROM moderation", row => (row.GetString(0), (Muted: row.GetBoolean(1), More: row.GetString(2)))).ToDictionary();
        kept["a"].ShouldBe((true, covered));
        kept["b"].Muted.ShouldBeTrue();
        ShouldHide(kept["b"].More, "objects", "faces");
        kept["c"].ShouldBe((false, hidden));
    }

    [Fact]
    public async Task The_audit_log_of_a_second_server_is_named_in_the_shared_chain_which_goes_on()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var store = Open(postgres);
        var log = new AuditLog(new SharedAudit(store), TimeProvider.System);
        log.Write("first", "1", ("me", "k"));
        var folder = Path.Combine(_root, "other");
        using var own = new Database(Options.Create(new StorageOptions { Folder = folder }));
        var file = new AuditLog(new AuditFile(folder), TimeProvider.System);
        file.Write("its own", "2", ("me", "k"));
        var last = file.Write("its last", "2", ("me", "k"));
        File.AppendAllText(Path.Combine(folder, AuditLog.FileName), "torn");

        new StoreTakeover(own, store).Run(TimeProvider.System);

        log.Write("after", "1", ("me", "k")).Line.ShouldBe(3);
        await ShouldBeOneChainAsync(postgres, 3);
        var joined = log.Read(null, 10, text => text.Contains("audit-joined", StringComparison.Ordinal)).Lines.ShouldHaveSingleItem();
        ((long)joined["lines"]!, (string?)joined["hash"]).ShouldBe((2, last.Hash));
        File.Exists(Path.Combine(folder, AuditLog.FileName + ".taken-over")).ShouldBeTrue();
    }

    [Fact]
    public async Task Servers_that_write_at_once_make_one_chain_of_which_nothing_can_be_changed()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var one = Open(postgres);
        using var two = Open(postgres);
        AuditLog[] logs = [new(new SharedAudit(one), TimeProvider.System), new(new SharedAudit(two), TimeProvider.System)];
        await Task.WhenAll(logs.Select((log, server) => Task.Run(() =>
        {
            for (var i = 0; i < 40; i++)
                log.Write($"line-{server}-{i}", "1", ("me", "k"));
        }, Cancel)));

        await ShouldBeOneChainAsync(postgres, 80);
        logs[0].Read(null, 100, _ => true).Lines.Count.ShouldBe(80);
        var page = logs[0].Read(null, 30, _ => true);
        logs[1].Read(page.Before, 100, _ => true).Lines.Count.ShouldBe(50);
        foreach (var change in (string[])["UPDATE liveface.audit SET line = ''", "DELETE FROM liveface.audit", "TRUNCATE liveface.audit"])
            (await Should.ThrowAsync<Npgsql.PostgresException>(() => postgres.DoAsync(change))).Message.ShouldContain("only grows");
    }

    [Fact]
    public async Task A_database_that_is_not_there_keeps_the_server_from_starting_with_one_sentence()
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => RunningServer.StartInAsync(
            Path.Combine(_root, "none"), $"--Storage:Database=Host=127.0.0.1;Port={FreePort.Next()};Username=liveface;Password=secret-word", "--Storage:WaitSeconds=1"));
        refused.Message.ShouldStartWith("Storage:Database: PostgreSQL cannot be used.");
        refused.Message.ShouldNotContain("secret-word");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static void ShouldHide(string json, params string[] models) =>
        RoomPolicies.Read(json).Rules.Where(rule => rule.How.Effect.Hides()).Select(rule => rule.When.Model).Distinct().ShouldBe(models, ignoreOrder: true);

    private static SharedStore Open(PostgresServer postgres) =>
        new(Options.Create(new StorageOptions { Database = postgres.Connection }), NullLogger<SharedStore>.Instance);

    private static async Task ShouldBeOneChainAsync(PostgresServer postgres, int lines)
    {
        var text = await postgres.AskAsync<string[]>("SELECT array_agg(line ORDER BY n) FROM liveface.audit");
        text.Length.ShouldBe(lines);
        var before = AuditMark.None.Hash;
        for (var i = 0; i < text.Length; i++)
        {
            var line = JsonNode.Parse(text[i])!;
            ((long)line["n"]!, (string?)line["before"]).ShouldBe((i + 1, before));
            before = AuditLog.HashOf(text[i]);
        }
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
