using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Policy;

/// <summary>Floors of the server and of who publishes.</summary>
public sealed class PolicyBoardFloorTests
{
    [Fact]
    public void Nothing_goes_below_the_servers_floor()
    {
        var board = new PolicyBoard(PolicyPresets.BlurFaces, PolicySamples.Persons, PolicySamples.Overlay, version: 1);
        PolicySamples.HidesPersons(board.Current).ShouldBeTrue();
        board.TryReplace(PolicySamples.Overlay, out var current).ShouldBeTrue();
        PolicySamples.HidesPersons(current).ShouldBeTrue();
        PolicySamples.HidesPersons(board.Begin(PolicySamples.Overlay)).ShouldBeTrue();
        board.TryEnd(board.Current.Publication).ShouldBeTrue();
        PolicySamples.HidesPersons(board.Current).ShouldBeTrue();
    }

    [Fact]
    public void Nothing_goes_below_the_publishers_floor_until_they_leave_or_lower_it()
    {
        var board = new PolicyBoard(PolicyPresets.BlurFaces);
        var publication = board.Begin(asked: null, floor: PolicySamples.Persons).Publication;
        PolicySamples.HidesPersons(board.Current).ShouldBeTrue();
        board.TryReplace(PolicySamples.Overlay, out var current).ShouldBeTrue();
        PolicySamples.HidesPersons(current).ShouldBeTrue();

        board.TrySetFloor(publication, null, out current).ShouldBeTrue();
        PolicySamples.HidesPersons(current).ShouldBeTrue("lowering a floor changes nothing by itself");
        board.TryReplace(PolicySamples.Overlay, out current).ShouldBeTrue();
        PolicySamples.HidesPersons(current).ShouldBeFalse();

        board.TrySetFloor(publication, PolicySamples.Persons, out current).ShouldBeTrue();
        PolicySamples.HidesPersons(current).ShouldBeTrue("a higher floor takes force at once");
        board.TryEnd(publication).ShouldBeTrue();
        board.TryReplace(PolicySamples.Overlay, out current).ShouldBeTrue();
        PolicySamples.HidesPersons(current).ShouldBeFalse();
        board.TrySetFloor(publication, PolicySamples.Persons, out _).ShouldBeFalse("somebody who left has no floor");
    }

    [Fact]
    public void A_room_returns_to_its_usual_policy_when_its_publisher_leaves()
    {
        var board = new PolicyBoard(PolicyPresets.BlurFaces);
        var publication = board.Begin().Publication;
        board.TryReplace(PolicySamples.Overlay, out _).ShouldBeTrue();
        board.TryEnd(publication).ShouldBeTrue();
        board.Current.Policy.Preset.ShouldBe("blur-faces");
        board.TryEnd(publication).ShouldBeFalse();
    }

    [Fact]
    public void A_publisher_who_asks_for_nothing_begins_with_no_less_than_the_usual_policy_and_what_was_prepared()
    {
        var board = new PolicyBoard(PolicyPresets.BlurFaces);
        board.TryReplace(PolicySamples.Overlay, out _).ShouldBeTrue();
        board.Begin().Policy.HidesWhoeverComes.ShouldBeTrue();

        // Who takes over does not inherit from who published before.
        board.TryReplace(PolicySamples.Overlay, out _).ShouldBeTrue();
        board.Begin().Policy.Preset.ShouldBe("blur-faces");

        board.TryEnd(board.Current.Publication).ShouldBeTrue();
        board.TryReplace(PolicySamples.Persons, out _).ShouldBeTrue();
        PolicySamples.HidesPersons(board.Begin()).ShouldBeTrue();
    }

    [Fact]
    public void A_policy_that_does_not_go_together_with_the_floor_is_refused_and_changes_nothing()
    {
        var models = Enumerable.Range(0, PolicyLimits.Models).Select(i => new PolicyRule { When = new() { Model = $"model {i}" } });
        var large = new RedactionPolicy { Rules = [.. models] };
        var board = new PolicyBoard(PolicyPresets.BlurFaces);
        var publication = board.Begin(floor: PolicyPresets.BlurFaces).Publication;
        Should.Throw<ArgumentException>(() => board.TryReplace(large, out _));
        Should.Throw<ArgumentException>(() => board.Begin(large, PolicyPresets.BlurFaces));
        board.Current.Publication.ShouldBe(publication);
        board.Current.Policy.Preset.ShouldBe("blur-faces");
    }
}
