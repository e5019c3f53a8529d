using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests;

public sealed class RedactorTests : RedactorRig
{
    [Fact]
    public void A_track_is_hidden_and_the_rest_of_the_picture_is_left_alone()
    {
        var mark = Seen("faces");
        using var frame = Redact(PolicyPresets.BlurFaces, mark, Track(1, Face));
        Changed(frame, Face).ShouldBe(1.0, 0.02);
        Changed(frame, new BoxF(0, 0, 60, 240)).ShouldBe(0);
        Changed(frame, new BoxF(200, 0, 320, 240)).ShouldBe(0);
    }

    [Fact]
    public void A_raw_detection_too_weak_for_a_track_is_hidden_too()
    {
        var mark = Seen("faces", new DetectedObject(Face, 0, 0.4f));
        using var frame = Redact(PolicyPresets.BlurFaces, mark);
        Changed(frame, Face).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void A_weak_raw_detection_stays_hidden_while_the_next_one_is_awaited_and_grows()
    {
        Seen("faces", new DetectedObject(Face, 0, 0.4f));
        int Area(int frames)
        {
            FrameMark mark = default;
            for (var i = 0; i < frames; i++)
                mark = Mark();
            using var frame = Redact(PolicyPresets.BlurFaces, mark);
            Changed(frame, Face).ShouldBe(1.0, 0.02);
            return ChangedPixels(frame);
        }

        var early = Area(1);
        Area(6).ShouldBeGreaterThan(early);
    }

    [Fact]
    public void Masks_grow_with_the_age_of_the_detection()
    {
        var fresh = Seen("faces");
        int first, later;
        using (var frame = Redact(PolicyPresets.BlurFaces, fresh, Track(1, Face)))
            first = ChangedPixels(frame);
        for (var i = 0; i < 8; i++)
            Mark();
        using (var frame = Redact(PolicyPresets.BlurFaces, Mark(), Track(1, Face)))
            later = ChangedPixels(frame);
        later.ShouldBeGreaterThan(first * 12 / 10);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.95f)]
    public void What_the_tracker_left_out_is_hidden_where_it_was_found_until_the_next_answer(float? certainty)
    {
        Seen("faces", new DetectedObject(Face, 0, 0.9f));
        var mark = Mark();
        using var frame = Picture();
        Tracks.Set(mark, frame, [], leavesOut: true);
        var policy = new RedactionPolicy { Rules = [new PolicyRule { When = new() { MinScore = certainty } }] };
        Redactor.Redact(frame, PolicySnapshot.Create(1, policy), Vision, Tracks);
        Changed(frame, Face).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void A_track_that_begins_in_the_next_frames_is_hidden_in_the_frames_before_it()
    {
        var first = Seen("faces");
        var second = Seen("faces");
        var ahead = new FrameTracks();
        using (var picture = Picture())
            ahead.Set(second, picture, [Track(5, Face) with { FirstSeen = second.Time }]);
        using var frame = Redact(PolicyPresets.BlurFaces, first, [ahead]);
        Changed(frame, Face).ShouldBe(1.0, 0.02);
    }

    [Fact]
    public void Nothing_is_allocated_once_the_room_runs()
    {
        var policy = PolicySnapshot.Create(1, PolicyPresets.BlurFaces);
        Sight["faces"].Found = [new DetectedObject(Face, 0, 0.4f)];
        Track[] tracks = [Track(1, Face), Track(2, new BoxF(10, 10, 40, 40))];
        void Step()
        {
            using var frame = Picture();
            Now += TimeSpan.FromMilliseconds(33);
            var mark = Sight.Follow(frame, Now);
            Sight.Sample(frame);
            Sight.Answer("faces");
            Tracks.Set(mark, frame, tracks);
            Redactor.Redact(frame, policy, Vision, Tracks);
        }

        for (var i = 0; i < 50; i++)
            Step();
        var before = ThreadAllocations.Begin();
        for (var i = 0; i < 100; i++)
            Step();
        ThreadAllocations.Since(before).ShouldBe(0);
    }
}
