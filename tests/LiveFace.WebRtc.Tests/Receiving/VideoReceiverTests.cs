namespace LiveFace.WebRtc.Tests.Receiving;

public sealed class VideoReceiverTests
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void A_frame_is_handed_over_with_its_last_packet()
    {
        var frames = new FrameCollector();
        frames.Feed(0, 0, Ms(0), isKeyFrame: true);
        frames.Feed(0, 1, Ms(1));
        frames.Frames.ShouldBeEmpty();
        frames.Feed(0, 2, Ms(2));
        frames.Frames.ShouldBe([(0, true, true, Ms(2))]);
        frames.BuffersLent.ShouldBe(0, "packets in order are not stored");
    }

    [Fact]
    public void Nothing_is_handed_over_before_a_key_frame_and_one_is_asked_for()
    {
        var frames = new FrameCollector();
        frames.FeedWhole(0, Ms(0));
        frames.Frames.ShouldBeEmpty();
        frames.Receiver.KeyFrames.TakeDue(Ms(0), RoundTrip).ShouldBeTrue();
        frames.Receiver.KeyFrames.TakeDue(Ms(10), RoundTrip).ShouldBeFalse("it was just asked for");
        frames.Receiver.KeyFrames.TakeDue(Ms(300), RoundTrip).ShouldBeTrue("the answer did not come");
        frames.FeedWhole(1, Ms(310), isKeyFrame: true);
        frames.Numbers.ShouldBe([1]);
        frames.Receiver.KeyFrames.NextDeadline(RoundTrip).ShouldBe(TimeSpan.MaxValue);
    }

    [Fact]
    public void A_whole_key_frame_behind_a_gap_does_not_wait_for_it()
    {
        var frames = new FrameCollector();
        frames.FeedWhole(0, Ms(0), isKeyFrame: true);
        frames.Feed(1, 0, Ms(33));
        frames.FeedWhole(2, Ms(66), isKeyFrame: true);
        frames.Frames.Select(f => (f.Number, f.IsContiguous, f.At)).ShouldBe([(0, true, Ms(0)), (2, false, Ms(66))]);
        frames.TakeNacks(Ms(70), RoundTrip).ShouldBeEmpty();
        frames.Feed(1, 1, Ms(100), retransmitted: true);
        frames.FeedWhole(3, Ms(101));
        frames.Numbers.ShouldBe([0, 2, 3]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_order_within_reach_gives_the_same_frames_across_wraps(int seed)
    {
        var random = new Random(seed);
        var frames = new FrameCollector();
        var packets = Enumerable.Range(0, 200)
            .SelectMany(f => Enumerable.Range(0, FrameCollector.PacketsPerFrame).Select(p => (f, p)))
            .Select((packet, i) => (packet.f, packet.p, Key: i < 3 ? i : i + random.Next(60)))
            .OrderBy(packet => packet.Key);
        foreach (var (frame, part, _) in packets)
        {
            frames.Feed(frame, part, Ms(frame), isKeyFrame: frame == 0, first: 65_500);
            if (random.Next(10) == 0)
                frames.Feed(frame, part, Ms(frame), isKeyFrame: frame == 0, first: 65_500);
        }

        frames.Numbers.ShouldBe(Enumerable.Range(0, 200));
        frames.BuffersLent.ShouldBe(0);
        frames.Receiver.Nacks.Count.ShouldBe(0);
    }

    [Fact]
    public void A_stream_that_begins_anew_at_another_number_goes_on_with_its_key_frame()
    {
        var frames = new FrameCollector();
        frames.FeedWhole(0, Ms(0), isKeyFrame: true);
        frames.FeedWhole(1, Ms(33), isKeyFrame: true, first: 20_000);
        frames.FeedWhole(2, Ms(66), first: 20_000);
        frames.Frames.Select(f => (f.Number, f.IsContiguous)).ShouldBe([(0, true), (1, false), (2, true)]);
    }

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
