using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Redaction.Tests.FailClosed;

/// <summary>Why a picture is covered whole: detectors that fail, policies, and the first moment.</summary>
public sealed class CoverReasonTests : FailClosedTestBase
{
    [Fact]
    public void Until_the_first_detection_the_picture_is_covered_as_starting() =>
        Rules.Decide(Frame(), Faces).Cover.ShouldBe(CoverReason.Starting);

    [Fact]
    public void A_failing_detector_holds_masks_until_the_maximum_age_and_is_then_named()
    {
        Detected();
        Failed();
        Rules.Decide(Frame(), Faces).IsCovered.ShouldBeFalse();
        Rules.Decide(Frame(500), Faces).Cover.ShouldBe(CoverReason.DetectorUnavailable);
    }

    [Fact]
    public void A_detector_that_fails_from_the_start_is_unavailable_and_a_missing_one_is_missing()
    {
        Rules.Decide(Failed(), Faces).Cover.ShouldBe(CoverReason.DetectorUnavailable);
        _sight.State.Missing("faces");
        Rules.Decide(Frame(), Faces).Cover.ShouldBe(CoverReason.ModelMissing);
    }

    [Fact]
    public void A_detector_that_comes_back_shows_the_picture_again()
    {
        Failed();
        Rules.Decide(Detected(), Faces).IsCovered.ShouldBeFalse();
    }

    [Fact]
    public void A_strict_policy_shows_only_frames_with_their_own_detection()
    {
        var strict = PolicySnapshot.Create(1, PolicyPresets.BlurFaces with { Strict = true });
        Rules.Decide(Detected(), strict).IsCovered.ShouldBeFalse();
        Rules.Decide(Frame(), strict).Cover.ShouldBe(CoverReason.DetectorLate);
    }

    [Fact]
    public void A_policy_that_needs_a_model_which_has_not_run_is_covered_until_it_has()
    {
        _sight.Add("objects", "person");
        var persons = PolicySnapshot.Create(2, PolicyPresets.HidePersons);
        var frame = Frame();
        _sight.Sample(_frame!);
        _sight.Answer("faces").ShouldBeTrue();
        Rules.Decide(frame, persons).Cover.ShouldBe(CoverReason.Starting);
        _sight.Answer("objects").ShouldBeTrue();
        Rules.Decide(frame, persons).IsCovered.ShouldBeFalse();
    }

    [Fact]
    public void A_policy_that_says_that_nothing_is_hidden_needs_no_detection()
    {
        _sight.State.Missing("faces");
        Rules.Decide(Frame(), PolicySnapshot.Create(1, PolicyPresets.OverlayBoxes)).IsCovered.ShouldBeFalse();
    }

    [Fact]
    public void A_policy_that_covers_everything_covers_whatever_is_found() =>
        Rules.Decide(Detected(), PolicySnapshot.Create(1, PolicyPresets.CoverEverything)).Cover.ShouldBe(CoverReason.Asked);

    private FrameMark Failed()
    {
        _sight["faces"].Throws = true;
        var mark = Detected();
        _sight["faces"].Throws = false;
        return mark;
    }
}
