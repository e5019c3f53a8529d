using LiveFace.Features.Rooms;
using LiveFace.Redaction.Policy;
using LiveFace.Storage;

namespace LiveFace.Tests.Rooms;

/// <summary>Floors, mutes and policies that could not be kept make nothing laxer.</summary>
public sealed class RoomFloorTests : RoomDirectoryTestBase
{
    [Fact]
    public async Task A_policy_that_could_not_be_kept_makes_nothing_laxer_now_or_after_a_restart()
    {
        using (var rooms = Rooms())
        {
            var room = rooms.GetOrAdd("a");
            room.TrySetPolicy(PolicyPresets.HidePersons, null, out _).ShouldBeTrue();
            _rig.Database.Execute("PRAGMA query_only=ON");
            Should.Throw<StorageException>(() => room.TrySetPolicy(PolicyPresets.OverlayBoxes, null, out _));
            room.Policy.NothingHidden.ShouldBeFalse();
            room.Policy.Rules.Count(r => r.How.Effect.Hides()).ShouldBe(2);
            Should.Throw<StorageException>(() => room.TrySetPolicy(PolicyPresets.CoverEverything, null, out _));
            room.Policy.Cover.ShouldBeTrue();
            _rig.Database.Execute("PRAGMA query_only=OFF");
            await Eventually.IsAsync(() => _rig.Database.Query("SELECT json FROM policies", r => r.GetString(0)).Single().Contains("\"cover\":true"));
        }

        using var again = Rooms();
        again.GetOrAdd("a").Policy.Cover.ShouldBeTrue();
    }

    [Fact]
    public void No_room_goes_below_the_servers_floor_whatever_is_stored_or_set()
    {
        using (var before = Rooms())
            before.GetOrAdd("a").TrySetPolicy(PolicyPresets.OverlayBoxes, null, out _).ShouldBeTrue();
        _rig.Policies.Floor = "blur-faces";
        using var rooms = Rooms();
        rooms.PolicyOf("a").NothingHidden.ShouldBeFalse();
        rooms.GetOrAdd("a").Policy.NothingHidden.ShouldBeFalse();
        rooms.GetOrAdd("a").TrySetPolicy(PolicyPresets.OverlayBoxes, null, out var current).ShouldBeTrue();
        current.Rules.Count.ShouldBe(2);
        current.NothingHidden.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Floor", "overlay-boxes", "must hide whoever comes")]
    [InlineData("Floor", "no-such-preset", "must be a policy as JSON or one of")]
    [InlineData("Default", "{\"rules\":[{\"how\":{\"effect\":\"box\"}}]}", "nothingHidden")]
    [InlineData("Floor", "{\"rules\":[{\"how\":{\"effect\":\"remove\"}}]}", "must not be remove in a live room")]
    [InlineData("Default", "", "must be a policy as JSON or one of")]
    public void A_default_or_floor_that_is_none_is_told_at_start(string setting, string value, string problem)
    {
        var options = new PolicyOptions();
        if (setting == "Floor")
            options.Floor = value;
        else
            options.Default = value;
        new PolicyOptionsValidator().Validate(null, options).FailureMessage.ShouldNotBeNull().ShouldContain(problem);
        new PolicyOptionsValidator().Validate(null, new PolicyOptions { Floor = "hide-persons" }).Succeeded.ShouldBeTrue();
    }
}
