using LiveFace.Redaction.Policy;
using LiveFace.Storage;
using LiveFace.Tests.Telemetry;

namespace LiveFace.Tests.Rooms;

/// <summary>What a moderator says of a room holds as long as the place in it.</summary>
public sealed class RoomModerationTests : RoomDirectoryTestBase
{
    [Fact]
    public void What_a_moderator_says_of_a_participants_room_holds_as_long_as_their_place()
    {
        TakePlace("standup.ada");
        using (var rooms = Rooms())
        {
            foreach (var name in (string[])["standup.ada", "nobodys"])
            {
                rooms.GetOrAdd(name).TrySetPolicy(PolicyPresets.CoverEverything, null, out _, moderates: true).ShouldBeTrue();
                rooms.GetOrAdd(name).Muted = true;
            }
        }

        // Everybody has left meanwhile, or the server was started again; a policy goes when its publisher leaves.
        var stored = new StoredPolicies(_rig.Database, new OwedWrites(Faults.Sink, TimeProvider.System), TimeProvider.System);
        stored.Remove("standup.ada");
        stored.Remove("nobodys");
        using (var rooms = Rooms())
        {
            rooms.PolicyOf("standup.ada").Cover.ShouldBeTrue();
            var ada = rooms.GetOrAdd("standup.ada");
            ada.Muted.ShouldBeTrue();
            ada.TrySetPolicy(PolicyPresets.BlurFaces, null, out var current).ShouldBeTrue();
            current.Cover.ShouldBeTrue();
            rooms.GetOrAdd("nobodys").Muted.ShouldBeFalse();
            rooms.PolicyOf("nobodys").Cover.ShouldBeFalse();

            ada.TrySetPolicy(PolicyPresets.BlurFaces, null, out current, moderates: true).ShouldBeTrue();
            current.Cover.ShouldBeFalse();
            ada.Muted = false;
        }

        using (var rooms = Rooms())
        {
            rooms.GetOrAdd("standup.ada").Muted.ShouldBeFalse();
            rooms.PolicyOf("standup.ada").Cover.ShouldBeFalse();
        }

        _rig.Database.Execute("DELETE FROM links");
        _rig.Database.Query("SELECT room FROM moderation", row => row.GetString(0)).ShouldBeEmpty();
    }

    [Fact]
    public void A_full_disk_mutes_and_does_not_unmute()
    {
        TakePlace("standup.ada");
        using var rooms = Rooms();
        var ada = rooms.GetOrAdd("standup.ada");
        _rig.Database.Execute("PRAGMA query_only = ON");
        Should.Throw<StorageException>(() => ada.Muted = true);
        ada.Muted.ShouldBeTrue();
        Should.Throw<StorageException>(() => ada.Muted = false);
        ada.Muted.ShouldBeTrue();
        _rig.Database.Execute("PRAGMA query_only = OFF");
        ada.Muted = false;
        ada.Muted.ShouldBeFalse();
    }

    private void TakePlace(string room) => _rig.Database.Execute(
        """
        INSERT INTO links (id, owner, depth, kind, name, hash, scopes, room, created, expires)
        VALUES ('place', 'key', 1, 2, 'Ada', x'00', '[]', $room, 0, 9999999999)
        """, ("$room", room));
}
