using LiveFace.Media.Frames;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;

namespace LiveFace.Redaction.Tests.FailClosed;

public sealed class FailClosedRulesTests : IDisposable
{
    private static readonly PolicySnapshot Faces = PolicySnapshot.Create(1, PolicyPresets.BlurFaces);
    private readonly FramePool _pool = new();
    private readonly ScriptedSight _sight = new();
    private VideoFrame? _frame;
    private TimeSpan _now = TimeSpan.FromSeconds(100);

    public FailClosedRulesTests() => _sight.Add("faces", "face");

    private FailClosedRules Rules => _sight.State.Rules;

    public void Dispose()
    {
        _frame?.Dispose();
        _sight.Dispose();
        _pool.Dispose();
    }

    [Fact]
    public void Until_the_first_detection_the_picture_is_covered_as_starting() =>
        Rules.Decide(Frame(), Faces).Cover.ShouldBe(CoverReason.Starting);

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

    private FrameMark Detected(int scene = 0)
    {
        var mark = Frame(scene: scene);
        Answer();
        return mark;
    }

    private FrameMark Failed()
    {
        _sight["faces"].Throws = true;
        var mark = Detected();
        _sight["faces"].Throws = false;
        return mark;
    }

    private void Answer()
    {
        _sight.Sample(_frame!);
        _sight.Answer("faces").ShouldBeTrue();
    }

    /// <summary>A frame comes, with another pattern in each scene.</summary>
    private FrameMark Frame(int afterMs = 33, int width = 320, int height = 240, int rotation = 0, int scene = 0)
    {
        _now += TimeSpan.FromMilliseconds(afterMs);
        _frame?.Dispose();
        _frame = _pool.Rent(width, height);
        FrameCopy.Fill(_frame, 128, 128, 128);
        for (var y = 0; y < height; y++)
        {
            var row = _frame.RowY(y);
            for (var x = 0; x < width; x++)
                row[x] = (byte)(((scene == 0 ? x : y) / 40 & 1) == 0 ? 40 : 210);
        }

        return _sight.Follow(_frame, _now, rotation);
    }
}
