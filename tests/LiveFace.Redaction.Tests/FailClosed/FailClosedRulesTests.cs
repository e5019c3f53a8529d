using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.FailClosed;

public sealed class FailClosedRulesTests : FailClosedTestBase
{
    [Fact]
    public void A_frame_with_its_own_detection_is_shown_without_growth() =>
        Rules.Decide(Detected(), Faces).ShouldBe(new ShowDecision(CoverReason.None, TimeSpan.Zero, 0));

    [Fact]
    public void A_late_detector_makes_held_masks_grow_and_then_the_picture_is_covered()
    {
        Detected();
        var growth = 0f;
        for (var i = 0; i < 12; i++)
        {
            var decision = Rules.Decide(Frame(), Faces);
            decision.IsCovered.ShouldBeFalse();
            decision.Growth.ShouldBeGreaterThan(growth);
            growth = decision.Growth;
        }

        Rules.Decide(Frame(), Faces).Cover.ShouldBe(CoverReason.DetectorLate);
    }

    [Theory]
    [InlineData(160, 240, 0, false)]
    [InlineData(320, 120, 0, false)]
    [InlineData(320, 240, 90, false)]
    [InlineData(320, 240, 0, true)]
    public void What_was_found_before_a_change_of_the_picture_does_not_count(int width, int height, int rotation, bool cut)
    {
        Detected();
        var changed = Frame(33, width, height, rotation, scene: cut ? 1 : 0);
        Rules.Decide(changed, Faces).Cover.ShouldBe(CoverReason.Changing);
        Answer();
        Rules.Decide(changed, Faces).IsCovered.ShouldBeFalse();
    }

    [Fact]
    public void A_late_result_of_the_old_picture_does_not_open_the_new_one()
    {
        Frame();
        _sight.Sample(_frame!);
        var changed = Frame(33, 160, 120);
        _sight.Answer("faces").ShouldBeTrue();
        Rules.Decide(changed, Faces).Cover.ShouldBe(CoverReason.Changing);
    }

    [Fact]
    public void Going_back_to_the_old_size_does_not_bring_the_old_detections_back()
    {
        Detected();
        Frame(33, 160, 120);
        Rules.Decide(Frame(), Faces).Cover.ShouldBe(CoverReason.Changing);
    }

    [Fact]
    public void After_a_silence_or_a_new_source_the_picture_waits_for_a_detection()
    {
        var patient = PolicySnapshot.Create(1, PolicyPresets.BlurFaces with { MaximumAgeMs = 5000 });
        Detected();
        Rules.Decide(Frame(900), patient).IsCovered.ShouldBeFalse();
        Rules.Decide(Frame(1100), patient).Cover.ShouldBe(CoverReason.Changing);
        Rules.Decide(Detected(), patient).IsCovered.ShouldBeFalse();
        _sight.Pipeline.BeginEpoch();
        Rules.Decide(Frame(), patient).Cover.ShouldBe(CoverReason.Changing);
    }

    [Fact]
    public void With_look_ahead_a_frame_may_stand_on_a_detection_just_after_it_but_not_across_a_cut()
    {
        var before = Frame();
        var after = Detected();
        Rules.Decide(before, Faces).IsCovered.ShouldBeFalse();
        var cut = Frame(33, scene: 1);
        Rules.Decide(cut, Faces).IsCovered.ShouldBeTrue();
        Detected(scene: 1);
        Rules.Decide(cut, Faces).IsCovered.ShouldBeFalse();
        Rules.Decide(before, Faces).Age.ShouldBe(after.Time - before.Time);
    }

    [Fact]
    public void A_look_counts_for_the_model_alone_that_made_it()
    {
        _sight.Add("objects", "person");
        Detected();
        Should.Throw<ArgumentException>(() => _sight.State.Take("objects", _sight.Pipeline.Eyes[0].Receipt));
    }
}
