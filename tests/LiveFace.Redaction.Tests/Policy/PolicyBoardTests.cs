using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Policy;

public sealed class PolicyBoardTests
{
    [Fact]
    public void Each_change_counts_up_and_is_there_for_the_next_frame()
    {
        var board = new PolicyBoard(PolicyPresets.BlurFaces);
        board.Current.Version.ShouldBe(1);
        board.TryReplace(PolicyPresets.CoverEverything, out var now).ShouldBeTrue();
        now.Version.ShouldBe(2);
        board.Current.ShouldBeSameAs(now);
        board.Current.Policy.Cover.ShouldBeTrue();
        board.Current.Policy.Version.ShouldBe(2);
    }

    [Fact]
    public void A_change_that_stands_on_an_old_version_is_not_made()
    {
        var board = new PolicyBoard(PolicyPresets.BlurFaces);
        board.TryReplace(PolicyPresets.CoverEverything, out _, expectedVersion: 1).ShouldBeTrue();
        board.TryReplace(PolicyPresets.OverlayBoxes, out var current, expectedVersion: 1).ShouldBeFalse();
        current.Policy.Preset.ShouldBe("cover-everything");
    }

    [Fact]
    public void Strict_policies_and_those_that_leave_a_track_alone_look_at_all()
    {
        PolicySnapshot.Create(1, PolicyPresets.BlurFaces).LooksAtAll.ShouldBeFalse();
        PolicySnapshot.Create(1, PolicyPresets.BlurFaces with { Strict = true }).LooksAtAll.ShouldBeTrue();
        var rule = PolicyPresets.BlurFaces.Rules[0];
        PolicySnapshot.Create(1, PolicyPresets.BlurFaces with { Rules = [rule with { When = rule.When with { ExceptTrackIds = [3] } }] })
            .LooksAtAll.ShouldBeTrue();
    }

    [Fact]
    public void A_policy_that_is_not_valid_leaves_the_one_in_force()
    {
        var board = new PolicyBoard(PolicyPresets.BlurFaces);
        Should.Throw<ArgumentException>(() => board.TryReplace(new RedactionPolicy(), out _))
            .Message.ShouldContain("nothingHidden");
        board.Current.Version.ShouldBe(1);
    }

    private static readonly RedactionPolicy Persons = PolicyPresets.HidePersons;
    private static readonly RedactionPolicy Overlay = PolicyPresets.OverlayBoxes;

    [Fact]
    public void Nothing_goes_below_the_servers_floor()
    {
        var board = new PolicyBoard(PolicyPresets.BlurFaces, Persons, Overlay, version: 1);
        HidesPersons(board.Current).ShouldBeTrue();
        board.TryReplace(Overlay, out var current).ShouldBeTrue();
        HidesPersons(current).ShouldBeTrue();
        HidesPersons(board.Begin(Overlay)).ShouldBeTrue();
        board.TryEnd(board.Current.Publication).ShouldBeTrue();
        HidesPersons(board.Current).ShouldBeTrue();
    }

    [Fact]
    public void Nothing_goes_below_the_publishers_floor_until_they_leave_or_lower_it()
    {
        var board = new PolicyBoard(PolicyPresets.BlurFaces);
        var publication = board.Begin(asked: null, floor: Persons).Publication;
        HidesPersons(board.Current).ShouldBeTrue();
        board.TryReplace(Overlay, out var current).ShouldBeTrue();
        HidesPersons(current).ShouldBeTrue();

        board.TrySetFloor(publication, null, out current).ShouldBeTrue();
        HidesPersons(current).ShouldBeTrue("lowering a floor changes nothing by itself");
        board.TryReplace(Overlay, out current).ShouldBeTrue();
        HidesPersons(current).ShouldBeFalse();

        board.TrySetFloor(publication, Persons, out current).ShouldBeTrue();
        HidesPersons(current).ShouldBeTrue("a higher floor takes force at once");
        board.TryEnd(publication).ShouldBeTrue();
        board.TryReplace(Overlay, out current).ShouldBeTrue();
        HidesPersons(current).ShouldBeFalse();
        board.TrySetFloor(publication, Persons, out _).ShouldBeFalse("somebody who left has no floor");
    }

    [Fact]
    public void A_room_returns_to_its_usual_policy_when_its_publisher_leaves()
    {
        var board = new PolicyBoard(PolicyPresets.BlurFaces);
        var publication = board.Begin().Publication;
        board.TryReplace(Overlay, out _).ShouldBeTrue();
        board.TryEnd(publication).ShouldBeTrue();
        board.Current.Policy.Preset.ShouldBe("blur-faces");
        board.TryEnd(publication).ShouldBeFalse();
    }

    [Fact]
    public void A_publisher_who_asks_for_nothing_begins_with_no_less_than_the_usual_policy_and_what_was_prepared()
    {
        var board = new PolicyBoard(PolicyPresets.BlurFaces);
        board.TryReplace(Overlay, out _).ShouldBeTrue();
        board.Begin().Policy.HidesWhoeverComes.ShouldBeTrue();

        // Who takes over does not inherit from who published before.
        board.TryReplace(Overlay, out _).ShouldBeTrue();
        board.Begin().Policy.Preset.ShouldBe("blur-faces");

        board.TryEnd(board.Current.Publication).ShouldBeTrue();
        board.TryReplace(Persons, out _).ShouldBeTrue();
        HidesPersons(board.Begin()).ShouldBeTrue();
    }

    [Fact]
    public void A_publisher_begins_with_what_they_ask_for()
    {
        var board = new PolicyBoard(PolicyPresets.BlurFaces);
        HidesPersons(board.Begin(Persons)).ShouldBeTrue();
        board.Begin(Overlay).Policy.NothingHidden.ShouldBeTrue();
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

    private static bool HidesPersons(PolicySnapshot snapshot) => snapshot.NeededModels.Contains("objects");
}
