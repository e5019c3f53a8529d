using System.Text;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Tests.Rooms;

/// <summary>What others keep of a room in the database that it shares: newest wins, and nothing is laxer by accident.</summary>
public sealed class RoomTakeUpTests : IAsyncDisposable
{
    private readonly RoomsRig _rig = new();

    public RoomTakeUpTests() => _rig.Endpoint.Start();

    public async ValueTask DisposeAsync()
    {
        await _rig.Endpoint.DisposeAsync();
        _rig.Dispose();
    }

    [Fact]
    public void What_another_kept_takes_force_with_a_higher_version_and_what_it_took_out_changes_nothing()
    {
        using var rooms = _rig.Open();
        var room = rooms.GetOrAdd("a");
        room.TrySetPolicy(PolicyPresets.HidePersons, null, out var mine).ShouldBeTrue();

        Keep("a", PolicyPresets.CoverEverything with { Version = 40 });
        TakeUp(room);
        (room.Policy.Cover, room.Policy.Version).ShouldBe((true, 40));

        _rig.Database.Execute("DELETE FROM policies");
        TakeUp(room);
        (room.Policy.Cover, room.Policy.Version).ShouldBe((true, 40));

        Keep("a", mine);
        TakeUp(room);
        (room.Policy.Cover, room.Policy.Version).ShouldBe((false, 41));
    }

    [Fact]
    public void What_the_room_knows_to_be_kept_does_not_come_back_over_what_holds_since()
    {
        Keep("a", PolicyPresets.BlurFaces);
        using var rooms = _rig.Open();
        var room = rooms.GetOrAdd("a");
        room.TrySetPolicy(PolicyPresets.HidePersons, null, out _).ShouldBeTrue();
        room.Publish(RoomPublisherTests.Offer, watchesToo: false, takeOver: true, new PublisherWishes(PolicyPresets.CoverEverything, null));
        var begun = room.Policy;

        TakeUp(room);

        room.Policy.ShouldBe(begun);
    }

    [Fact]
    public void What_cannot_be_read_hides_everything_and_floors_hold()
    {
        _rig.Policies.Floor = "hide-persons";
        using var rooms = _rig.Open();
        var room = rooms.GetOrAdd("a");
        Keep("a", PolicyPresets.OverlayBoxes);
        TakeUp(room);
        room.Policy.Rules.ShouldContain(rule => rule.When.Model == "objects" && rule.How.Effect.Hides());

        Keep("a", """{"rules":[],"surprise":1}""");
        TakeUp(room);
        room.Policy.Cover.ShouldBeTrue();
    }

    [Fact]
    public void A_room_that_begins_with_what_cannot_be_read_or_not_be_raised_to_the_floor_hides_everything_until_it_is_told_otherwise()
    {
        Keep("unread", """{"version":9,"rules":[],"surprise":1}""");
        Keep("invalid", PolicyPresets.BlurFaces with { Rules = [.. Enumerable.Repeat(new PolicyRule { How = new() { Effect = RuleEffect.Box } }, 32)] });
        _rig.Policies.Floor = "hide-persons";
        using var rooms = _rig.Open();
        foreach (var name in (string[])["unread", "invalid"])
        {
            rooms.PolicyOf(name).Cover.ShouldBeTrue(name);
            var room = rooms.GetOrAdd(name);
            room.Publish(RoomPublisherTests.Offer, watchesToo: false, takeOver: true, PublisherWishes.None);
            room.Policy.Cover.ShouldBeTrue(name);
            room.TrySetPolicy(PolicyPresets.BlurFaces, null, out _).ShouldBeTrue();
            room.Policy.Cover.ShouldBeFalse(name);
        }
    }

    [Fact]
    public void A_policy_that_the_disk_did_not_take_is_not_kept_later_over_what_another_kept_meanwhile()
    {
        using var rooms = _rig.Open();
        var room = rooms.GetOrAdd("a");
        room.TrySetPolicy(PolicyPresets.BlurFaces, null, out _).ShouldBeTrue();
        _rig.Database.Execute("PRAGMA query_only=ON");
        Should.Throw<NotKeptException>(() => room.TrySetPolicy(PolicyPresets.OverlayBoxes, null, out _));
        _rig.Database.Execute("PRAGMA query_only=OFF");
        Keep("a", PolicyPresets.CoverEverything);
        _rig.Owed.TryAll();

        _rig.Database.Query("SELECT json FROM policies", row => row.GetString(0)).ShouldHaveSingleItem().ShouldContain("\"cover\":true");
        TakeUp(room);
        room.Policy.Cover.ShouldBeTrue();
    }

    private static void TakeUp(IRoom room) => ((IKeptRoom)room).TakeUp();

    private void Keep(string room, RedactionPolicy policy) => Keep(room, Encoding.UTF8.GetString(PolicyJson.Write(policy)));

    private void Keep(string room, string json) => _rig.Database.Execute(
        "INSERT INTO policies (room, json, changed) VALUES (@room, @json, 0) ON CONFLICT (room) DO UPDATE SET json = @json", ("@room", room), ("@json", json));
}
