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

    [Fact]
    public void A_publisher_begins_with_what_they_ask_for()
    {
        var board = new PolicyBoard(PolicyPresets.BlurFaces);
        PolicySamples.HidesPersons(board.Begin(PolicySamples.Persons)).ShouldBeTrue();
        board.Begin(PolicySamples.Overlay).Policy.NothingHidden.ShouldBeTrue();
    }
}
