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
}
