using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.FailClosed;

public sealed class FailClosedRulesTests
{
    private static readonly PolicySnapshot Faces = PolicySnapshot.Create(1, PolicyPresets.BlurFaces);
    private readonly FailClosedRules _rules = new();
    private TimeSpan _now = TimeSpan.FromSeconds(100);

    [Fact]
    public void Until_the_first_detection_the_picture_is_covered_as_starting() =>
        _rules.Decide(Frame(), Faces).Cover.ShouldBe(CoverReason.Starting);

    [Fact]
    public void A_frame_with_its_own_detection_is_shown_without_growth()
    {
        var frame = Frame();
        _rules.Detected("faces", frame);
        _rules.Decide(frame, Faces).ShouldBe(new ShowDecision(CoverReason.None, TimeSpan.Zero, 0));
    }

    [Fact]
    public void A_late_detector_makes_held_masks_grow_and_then_the_picture_is_covered()
    {
        _rules.Detected("faces", Frame());
        var growth = 0f;
        for (var i = 0; i < 12; i++)
        {
            var decision = _rules.Decide(Frame(), Faces);
            decision.IsCovered.ShouldBeFalse();
            decision.Growth.ShouldBeGreaterThan(growth);
            growth = decision.Growth;
        }

        _rules.Decide(Frame(), Faces).Cover.ShouldBe(CoverReason.DetectorLate);
    }

    [Fact]
    public void A_failing_detector_holds_masks_until_the_maximum_age_and_is_then_named()
    {
        _rules.Detected("faces", Frame());
        _rules.Failed("faces", DetectorTrouble.Failing);
        _rules.Decide(Frame(), Faces).IsCovered.ShouldBeFalse();
        _rules.Decide(Frame(500), Faces).Cover.ShouldBe(CoverReason.DetectorUnavailable);
    }

    [Fact]
    public void A_detector_that_fails_from_the_start_is_unavailable_and_a_missing_one_is_missing()
    {
        _rules.Failed("faces", DetectorTrouble.Failing);
        _rules.Decide(Frame(), Faces).Cover.ShouldBe(CoverReason.DetectorUnavailable);
        _rules.Failed("faces", DetectorTrouble.Missing);
        _rules.Decide(Frame(), Faces).Cover.ShouldBe(CoverReason.ModelMissing);
    }

    [Fact]
    public void A_detector_that_comes_back_shows_the_picture_again()
    {
        _rules.Failed("faces", DetectorTrouble.Failing);
        var frame = Frame();
        _rules.Detected("faces", frame);
        _rules.Decide(frame, Faces).IsCovered.ShouldBeFalse();
    }

    [Theory]
    [InlineData(320, 480, 0, false)]
    [InlineData(640, 240, 0, false)]
    [InlineData(640, 480, 90, false)]
    [InlineData(640, 480, 0, true)]
    public void What_was_found_before_a_change_of_the_picture_does_not_count(int width, int height, int rotation, bool cut)
    {
        _rules.Detected("faces", Frame());
        _now += TimeSpan.FromMilliseconds(33);
        var changed = _rules.Arrived(_now, width, height, rotation, cut);
        _rules.Decide(changed, Faces).Cover.ShouldBe(CoverReason.Changing);
        _rules.Detected("faces", changed);
        _rules.Decide(changed, Faces).IsCovered.ShouldBeFalse();
    }

    [Fact]
    public void A_late_result_of_the_old_picture_does_not_open_the_new_one()
    {
        var old = Frame();
        _now += TimeSpan.FromMilliseconds(33);
        var changed = _rules.Arrived(_now, 320, 240, 0, cut: false);
        _rules.Detected("faces", old);
        _rules.Decide(changed, Faces).Cover.ShouldBe(CoverReason.Changing);
    }

    [Fact]
    public void Going_back_to_the_old_size_does_not_bring_the_old_detections_back()
    {
        _rules.Detected("faces", Frame());
        _now += TimeSpan.FromMilliseconds(33);
        _rules.Arrived(_now, 320, 240, 0, cut: false);
        _rules.Decide(Frame(), Faces).Cover.ShouldBe(CoverReason.Changing);
    }

    [Fact]
    public void After_a_silence_or_a_new_source_the_picture_waits_for_a_detection()
    {
        var patient = PolicySnapshot.Create(1, PolicyPresets.BlurFaces with { MaximumAgeMs = 5000 });
        _rules.Detected("faces", Frame());
        _rules.Decide(Frame(900), patient).IsCovered.ShouldBeFalse();
        _rules.Decide(Frame(1100), patient).Cover.ShouldBe(CoverReason.Changing);
        var frame = Frame();
        _rules.Detected("faces", frame);
        _rules.Decide(frame, patient).IsCovered.ShouldBeFalse();
        _rules.SourceChanged();
        _rules.Decide(Frame(), patient).Cover.ShouldBe(CoverReason.Changing);
    }

    [Fact]
    public void A_strict_policy_shows_only_frames_with_their_own_detection()
    {
        var strict = PolicySnapshot.Create(1, PolicyPresets.BlurFaces with { Strict = true });
        var frame = Frame();
        _rules.Detected("faces", frame);
        _rules.Decide(frame, strict).IsCovered.ShouldBeFalse();
        _rules.Decide(Frame(), strict).Cover.ShouldBe(CoverReason.DetectorLate);
    }

    [Fact]
    public void A_policy_that_needs_a_model_which_has_not_run_is_covered_until_it_has()
    {
        var persons = PolicySnapshot.Create(2, PolicyPresets.HidePersons);
        var frame = Frame();
        _rules.Detected("faces", frame);
        _rules.Decide(frame, persons).Cover.ShouldBe(CoverReason.Starting);
        _rules.Detected("objects", frame);
        _rules.Decide(frame, persons).IsCovered.ShouldBeFalse();
    }

    [Fact]
    public void A_policy_that_says_that_nothing_is_hidden_needs_no_detection()
    {
        _rules.Failed("faces", DetectorTrouble.Missing);
        _rules.Decide(Frame(), PolicySnapshot.Create(1, PolicyPresets.OverlayBoxes)).IsCovered.ShouldBeFalse();
    }

    [Fact]
    public void A_policy_that_covers_everything_covers_whatever_is_found()
    {
        var frame = Frame();
        _rules.Detected("faces", frame);
        _rules.Decide(frame, PolicySnapshot.Create(1, PolicyPresets.CoverEverything)).Cover.ShouldBe(CoverReason.Asked);
    }

    [Fact]
    public void With_look_ahead_a_frame_may_stand_on_a_detection_just_after_it_but_not_across_a_cut()
    {
        var before = Frame();
        var after = Frame();
        _rules.Detected("faces", after);
        _rules.Decide(before, Faces).IsCovered.ShouldBeFalse();
        _now += TimeSpan.FromMilliseconds(33);
        var cut = _rules.Arrived(_now, 640, 480, 0, cut: true);
        var next = Frame();
        _rules.Detected("faces", next);
        _rules.Decide(cut, Faces).IsCovered.ShouldBeFalse();
        _rules.Decide(before, Faces).Age.ShouldBe(after.Time - before.Time);
    }

    private FrameMark Frame(int afterMs = 33)
    {
        _now += TimeSpan.FromMilliseconds(afterMs);
        return _rules.Arrived(_now, 640, 480, 0, cut: false);
    }
}
