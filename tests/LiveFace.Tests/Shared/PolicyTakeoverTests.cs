using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Storage;
using LiveFace.Storage.Shared;
using LiveFace.Tests.Jobs.Spread;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.Shared;

/// <summary>Of two policies for one room, what either hides is hidden.</summary>
public sealed class PolicyTakeoverTests : TakeoverTestBase
{
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

    private static void ShouldHide(string json, params string[] models) =>
        RoomPolicies.Read(json).Rules.Where(rule => rule.How.Effect.Hides()).Select(rule => rule.When.Model).Distinct().ShouldBe(models, ignoreOrder: true);
}
