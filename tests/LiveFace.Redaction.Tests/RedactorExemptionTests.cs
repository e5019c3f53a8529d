using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests;
/// <summary>Whom a policy leaves alone, and when it does not.</summary>
public sealed class RedactorExemptionTests : RedactorRig
{
    [Fact]
    public void An_exempt_track_is_shown_while_it_is_known_and_everybody_else_is_hidden()
    {
        var other = new BoxF(220, 80, 260, 130);
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f), new DetectedObject(other, 0, 0.9f));
        LeftAlone = [1];
        using var frame = Redact(Except(1), mark, Track(1, Face), Track(2, other));
        Changed(frame, Face).ShouldBe(0);
        Changed(frame, other).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void A_track_that_a_policy_exempts_is_hidden_while_nobody_says_who_it_is()
    {
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f));
        using var frame = Redact(Except(1), mark, Track(1, Face));
        Changed(frame, Face).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void A_track_that_no_policy_exempts_is_hidden_however_well_it_is_known()
    {
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f));
        LeftAlone = [1];
        using var frame = Redact(Except(2), mark, Track(1, Face));
        Changed(frame, Face).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void A_second_face_on_an_exempt_one_is_hidden()
    {
        // Both lie on the track, and far enough from one another to be told apart.
        var (first, second) = (Moved(-5), Moved(7));
        var mark = Seen("faces", new DetectedObject(first, 0, 0.9f), new DetectedObject(second, 0, 0.5f));
        LeftAlone = [1];
        using var frame = Redact(Except(1), mark, Track(1, Face));
        Changed(frame, second).ShouldBe(1.0, 0.02);

        static BoxF Moved(float by) => new(Face.Left + by, Face.Top + by, Face.Right + by, Face.Bottom + by);
    }

    [Fact]
    public void With_a_look_ahead_a_track_is_hidden_as_soon_as_a_later_frame_does_not_know_it()
    {
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f));
        var later = new FrameTracks();
        using (var behind = Picture())
            later.Set(Mark(), behind, [Track(1, Face)]);
        LeftAlone = [1];
        using (var frame = Redact(Except(1), mark, new[] { later }, Track(1, Face)))
            Changed(frame, Face).ShouldBe(1.0, 0.02);
        later.LeaveAlone(1);
        using (var frame = Redact(Except(1), mark, new[] { later }, Track(1, Face)))
            Changed(frame, Face).ShouldBe(0);
    }

    [Fact]
    public void Somebody_enrolled_is_shown_under_a_rule_that_names_them_and_under_no_other()
    {
        var other = new BoxF(220, 80, 260, 130);
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f), new DetectedObject(other, 0, 0.9f));
        Known = [(1, "ada")];
        using (var frame = Redact(Except("ada", "bob"), mark, Track(1, Face), Track(2, other)))
        {
            Changed(frame, Face).ShouldBe(0);
            Changed(frame, other).ShouldBe(1.0, 0.02);
        }

        using (var frame = Redact(Except("bob"), mark, Track(1, Face), Track(2, other)))
            Changed(frame, Face).ShouldBe(1.0, 0.02);
        // Each of two rules paints whom it does not itself leave alone.
        var both = new RedactionPolicy { Rules = [.. Except("ada").Rules, .. Except("bob").Rules] };
        using (var frame = Redact(both, mark, Track(1, Face), Track(2, other)))
            Changed(frame, Face).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void A_second_face_on_somebody_enrolled_is_hidden()
    {
        var (first, second) = (new BoxF(95, 75, 135, 125), new BoxF(107, 87, 147, 137));
        var mark = Seen("faces", new DetectedObject(first, 0, 0.9f), new DetectedObject(second, 0, 0.5f));
        Known = [(1, "ada")];
        using var frame = Redact(Except("ada"), mark, Track(1, Face));
        Changed(frame, second).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void With_a_look_ahead_somebody_enrolled_is_hidden_as_soon_as_a_later_frame_does_not_know_them_or_knows_another()
    {
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.9f));
        Known = [(1, "ada")];
        foreach (var later in (string?[])[null, "bob", "ada"])
        {
            var next = new FrameTracks();
            using (var behind = Picture())
                next.Set(Mark(), behind, [Track(1, Face)]);
            if (later is not null)
                next.Know(1, later);
            using var frame = Redact(Except("ada", "bob"), mark, new[] { next }, Track(1, Face));
            Changed(frame, Face).ShouldBe(later == "ada" ? 0 : 1.0, 0.02);
        }
    }

    private static RedactionPolicy Except(params string[] people) =>
        new() { Rules = [new PolicyRule { When = new() { ExceptPeople = people } }] };
}
