using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests;

/// <summary>What makes the redactor cover the whole picture.</summary>
public sealed class RedactorCoverTests : RedactorRig
{
    [Fact]
    public void Without_a_detection_the_whole_picture_is_covered()
    {
        using var frame = Redact(PolicyPresets.BlurFaces, Mark());
        Redactor.Decision.Cover.ShouldBe(CoverReason.Starting);
        IsCovered(frame).ShouldBeTrue();
    }

    [Fact]
    public void A_box_that_is_not_made_of_numbers_covers_the_picture()
    {
        var mark = Seen("faces");
        using var frame = Redact(PolicyPresets.BlurFaces, mark, Track(1, new BoxF(float.NaN, 80, 140, 130)));
        Redactor.Decision.Cover.ShouldBe(CoverReason.EffectFailed);
        Redactor.Failures.ShouldBe(1);
        IsCovered(frame).ShouldBeTrue();
    }

    [Fact]
    public void More_regions_than_fit_cover_the_picture()
    {
        var many = new DetectedObject[1000];
        for (var i = 0; i < many.Length; i++)
            many[i] = new DetectedObject(new BoxF(i % 100 * 3, i / 100 * 20, i % 100 * 3 + 2, i / 100 * 20 + 2), 0, 0.5f);
        var policy = new RedactionPolicy { Rules = [.. Enumerable.Repeat(new PolicyRule { Where = RuleWhere.Box }, 4)] };
        var mark = Seen("faces", many);
        using var frame = Redact(policy, mark);
        Redactor.Decision.Cover.ShouldBe(CoverReason.EffectFailed);
        IsCovered(frame).ShouldBeTrue();
    }

    [Fact]
    public void A_policy_that_covers_everything_covers_everything()
    {
        var mark = Seen("faces");
        using var frame = Redact(PolicyPresets.CoverEverything, mark);
        IsCovered(frame).ShouldBeTrue();
    }
}
