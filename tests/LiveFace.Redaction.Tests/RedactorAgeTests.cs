using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests;

/// <summary>What a rule for those under an age paints, by what is known of each face in the frame.</summary>
public sealed class RedactorAgeTests : RedactorRig
{
    private static readonly BoxF Other = new(220, 80, 260, 130);

    private static readonly RedactionPolicy Under18 = new()
    {
        NothingHidden = true, Rules = [new PolicyRule { When = new() { AgeUnder = 18 } }],
    };

    [Fact]
    public void Who_is_certainly_older_is_shown_and_everybody_else_is_hidden()
    {
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f), new DetectedObject(Other, 0, 0.9f));
        Older = [(1, 18), (2, 17)];
        using var frame = Redact(Under18, mark, Track(1, Face), Track(2, Other));
        Changed(frame, Face).ShouldBe(0);
        Changed(frame, Other).ShouldBe(1.0, 0.02);
        (Redactor.Hid(1), Redactor.Hid(2)).ShouldBe((false, true));
    }

    [Fact]
    public void A_face_that_nothing_is_known_of_is_hidden_and_so_is_one_without_a_track()
    {
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f), new DetectedObject(Other, 0, 0.4f));
        using var frame = Redact(Under18, mark, Track(1, Face));
        Changed(frame, Face).ShouldBe(1.0, 0.02);
        Changed(frame, Other).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void A_second_face_on_that_of_somebody_older_is_hidden()
    {
        var (first, second) = (Face.Move(-5, -5), Face.Move(7, 7));
        var mark = Seen("faces", new DetectedObject(first, 0, 0.9f), new DetectedObject(second, 0, 0.5f));
        Older = [(1, 40)];
        using var frame = Redact(Under18, mark, Track(1, Face));
        Changed(frame, second).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void With_a_look_ahead_somebody_is_hidden_as_soon_as_a_later_frame_is_in_doubt()
    {
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f));
        var later = new FrameTracks();
        using (var behind = Picture())
            later.Set(Mark(), behind, [Track(1, Face)]);
        Older = [(1, 18)];
        using (var frame = Redact(Under18, mark, new[] { later }, Track(1, Face)))
            Changed(frame, Face).ShouldBe(1.0, 0.02);
        later.Tell(1, default, 30);
        using (var frame = Redact(Under18, mark, new[] { later }, Track(1, Face)))
            Changed(frame, Face).ShouldBe(0);
    }

    [Fact]
    public void Another_rule_for_faces_hides_them_all_the_same()
    {
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f));
        Older = [(1, 60)];
        using var frame = Redact(PolicyFloor.Raise(Under18, PolicyPresets.BlurFaces), mark, Track(1, Face));
        Changed(frame, Face).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void A_label_tells_what_was_read_where_the_policy_asks_for_it_and_else_not()
    {
        var box = new BoxF(60, 110, 160, 200);
        var asked = PolicyPresets.OverlayBoxes with { Read = [PolicyTrait.Age] };
        var mark = Seen("faces", new DetectedObject(box, 0, 0.9f));
        Older = [(1, 30)];
        using var without = Redact(PolicyPresets.OverlayBoxes, mark, Track(1, box));
        using var with = Redact(asked, mark, Track(1, box));
        using var emotion = Redact(PolicyPresets.OverlayBoxes with { Read = [PolicyTrait.Emotion] }, mark, Track(1, box));
        ChangedPixels(with).ShouldBeGreaterThan(ChangedPixels(without) + 100, "a longer label");
        ChangedPixels(emotion).ShouldBe(ChangedPixels(without), "no emotion was read");
    }
}
