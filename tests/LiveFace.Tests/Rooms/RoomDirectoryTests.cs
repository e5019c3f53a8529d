using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Tests.Rooms;

public sealed class RoomDirectoryTests : RoomDirectoryTestBase
{
    [Fact]
    public void A_policy_is_kept_under_the_rooms_name_and_told_to_everybody_in_it()
    {
        using (var rooms = Rooms())
        {
            var room = rooms.GetOrAdd("kept");
            var listener = new RoomListener();
            using var seat = room.Observe(listener);
            room.TrySetPolicy(PolicyPresets.HidePersons, expectedVersion: 1, out var current).ShouldBeTrue();
            current.Version.ShouldBe(2);
            listener.Policies.ShouldHaveSingleItem().Preset.ShouldBe("hide-persons");
            room.TrySetPolicy(PolicyPresets.BlurFaces, expectedVersion: 1, out current).ShouldBeFalse();
            current.Preset.ShouldBe("hide-persons");
        }

        using var again = Rooms();
        again.PolicyOf("kept").Preset.ShouldBe("hide-persons");
        again.GetOrAdd("kept").Policy.Version.ShouldBe(2);
    }

    [Theory]
    [InlineData("fases", null, "rules[0].when.model", "faces, objects")]
    [InlineData("sface", null, "rules[0].when.model", "faces, objects")]
    [InlineData("objects", "persn", "rules[0].when.classes[0]", "such as person")]
    public void A_policy_that_names_what_the_server_does_not_have_is_refused(string model, string? label, string field, string message)
    {
        using var rooms = Rooms();
        var room = rooms.GetOrAdd("a");
        var policy = new RedactionPolicy
        {
            Rules = [new PolicyRule { When = new() { Model = model, Classes = label is null ? null : [label] } }],
        };
        var problem = Should.Throw<PolicyRefusedException>(() => room.TrySetPolicy(policy, null, out _)).Problems.ShouldHaveSingleItem();
        problem.Field.ShouldBe(field);
        problem.Message.ShouldContain(message);
        room.Policy.Version.ShouldBe(1);
    }

    [Fact]
    public void What_a_live_room_has_no_time_for_is_refused_in_its_policy_and_in_what_a_publisher_wishes()
    {
        using var rooms = Rooms();
        var room = rooms.GetOrAdd("a");
        var policy = new RedactionPolicy { Rules = [new PolicyRule { How = new RuleHow { Effect = RuleEffect.Remove } }] };
        var problem = Should.Throw<PolicyRefusedException>(() => room.TrySetPolicy(policy, null, out _)).Problems.ShouldHaveSingleItem();
        (problem.Field, problem.Message.Contains("blur", StringComparison.Ordinal)).ShouldBe(("rules[0].how.effect", true));
        room.Policy.Version.ShouldBe(1);
    }

    [Fact]
    public void A_sticker_that_the_server_does_not_have_is_refused_with_those_that_it_has()
    {
        var shelf = _rig.NewShelf();
        var names = new PolicyNames(RealModels.Catalogue.Models, () => shelf.Names);
        var sticker = new RuleHow { Effect = RuleEffect.Sticker, Sticker = "leaf" };
        var policy = new RedactionPolicy
        {
            Rules = [new PolicyRule { How = sticker }],
            Zones = [new PolicyZone { Box = new(0, 0, 1, 1), How = sticker with { Sticker = "tree" } }],
        };
        names.Check(policy).Select(p => p.Field).ShouldBe(["rules[0].how.sticker", "zones[0].how.sticker"]);
        shelf.TryPut("leaf", TestPng.Of(8, 8, 0xFF), out _).ShouldBeTrue();
        var problem = names.Check(policy).ShouldHaveSingleItem();
        (problem.Field, problem.Message.Contains("leaf", StringComparison.Ordinal)).ShouldBe(("zones[0].how.sticker", true));
    }

    [Fact]
    public void A_sticker_that_can_no_longer_be_read_is_left_out_and_the_others_stay()
    {
        _rig.NewShelf().TryPut("leaf", TestPng.Of(8, 8, 0xFF), out _).ShouldBeTrue();
        _rig.Database.Execute("INSERT INTO stickers (name, file) VALUES ('broken', $file)", ("$file", "no picture"u8.ToArray()));
        _rig.NewShelf().Names.ShouldBe(["leaf"]);
    }

    [Fact]
    public void Every_preset_names_only_what_the_server_has()
    {
        var names = new PolicyNames(RealModels.Catalogue.Models, () => []);
        foreach (var preset in PolicyPresets.All)
            names.Check(preset).ShouldBeEmpty(preset.Preset);
    }
}
