namespace LiveFace.WebRtc.Tests.Receiving;

/// <summary>What a receiver does about packets that are lost, and about those that are only late.</summary>
public sealed class LostPacketTests
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void A_lost_packet_is_asked_for_at_once_and_again_after_a_round_trip()
    {
        var frames = new FrameCollector();
        frames.FeedWhole(0, Ms(0), isKeyFrame: true);
        frames.Feed(1, 0, Ms(33));
        frames.Feed(1, 2, Ms(34));
        frames.TakeNacks(Ms(34), RoundTrip).ShouldBe([(ushort)4]);
        frames.TakeNacks(Ms(60), RoundTrip).ShouldBeEmpty();
        frames.TakeNacks(Ms(34 + 61), RoundTrip).ShouldBe([(ushort)4]);
        frames.FeedWhole(2, Ms(66));
        frames.Numbers.ShouldBe([0]);
        frames.Feed(1, 1, Ms(100), retransmitted: true);
        frames.Numbers.ShouldBe([0, 1, 2]);
        frames.Frames.ShouldAllBe(f => f.IsContiguous);
        frames.TakeNacks(Ms(500), RoundTrip).ShouldBeEmpty();
        frames.BuffersLent.ShouldBe(0);
    }

    [Fact]
    public void A_frame_that_waited_for_what_was_lost_says_how_late_it_is()
    {
        var frames = new FrameCollector();
        frames.FeedWhole(0, Ms(0), isKeyFrame: true);
        frames.FeedWhole(1, Frame(1) + Ms(12));
        frames.Feed(2, 0, Frame(2));
        frames.Feed(2, 2, Frame(2));
        frames.FeedWhole(3, Frame(3));
        frames.Feed(2, 1, Frame(3) + Ms(20), retransmitted: true);
        frames.FeedWhole(4, Frame(4) + Ms(7));

        // Only losses count: what is late by itself is not waited for.
        frames.RecoveryDelays.Select(d => Math.Round(d.TotalMilliseconds)).ShouldBe([0, 0, 53, 20, 0]);

        static TimeSpan Frame(int number) => Ms(number * 3000 / 90.0);
    }

    [Fact]
    public void What_cannot_be_saved_is_given_up_and_the_next_key_frame_goes_on()
    {
        var frames = new FrameCollector();
        frames.FeedWhole(0, Ms(0), isKeyFrame: true);
        frames.Feed(1, 0, Ms(33));
        frames.Feed(1, 2, Ms(34));
        frames.FeedWhole(2, Ms(66));
        frames.Receiver.Poll(Ms(300), RoundTrip);
        frames.Receiver.KeyFrames.TakeDue(Ms(300), RoundTrip).ShouldBeFalse("there is still hope");
        frames.Receiver.Poll(Ms(340), RoundTrip);
        frames.Receiver.KeyFrames.TakeDue(Ms(340), RoundTrip).ShouldBeTrue();
        frames.TakeNacks(Ms(340), RoundTrip).ShouldBeEmpty();
        frames.FeedWhole(3, Ms(350));
        frames.FeedWhole(4, Ms(400), isKeyFrame: true);
        frames.FeedWhole(5, Ms(433));
        frames.Frames.Select(f => (f.Number, f.IsContiguous)).ShouldBe([(0, true), (4, false), (5, true)]);
        frames.BuffersLent.ShouldBe(0);
    }

    [Fact]
    public void Packets_that_are_only_late_are_waited_for_before_they_are_asked_for_again()
    {
        var frames = new FrameCollector();
        frames.FeedWhole(0, Ms(0), isKeyFrame: true);
        // Once seen to come 8 ms late by itself, a packet is given 10 ms.
        frames.Feed(1, 0, Ms(30));
        frames.Feed(1, 2, Ms(30));
        frames.Feed(1, 1, Ms(38));
        frames.Feed(2, 0, Ms(60));
        frames.Feed(2, 2, Ms(60));
        frames.TakeNacks(Ms(65), RoundTrip).ShouldBeEmpty();
        frames.TakeNacks(Ms(70), RoundTrip).ShouldBe([(ushort)7]);
    }

    [Fact]
    public void A_peer_that_sends_packets_again_as_they_were_is_not_taken_for_one_whose_packets_are_late()
    {
        var frames = new FrameCollector();
        frames.FeedWhole(0, Ms(0), isKeyFrame: true);
        frames.Feed(1, 0, Ms(30));
        frames.Feed(1, 2, Ms(30));
        frames.TakeNacks(Ms(30), RoundTrip).Length.ShouldBe(1);
        frames.Feed(1, 1, Ms(90));
        frames.Receiver.Nacks.MeasuredRoundTrip.ShouldBe(Ms(60));
        frames.Feed(2, 0, Ms(95));
        frames.Feed(2, 2, Ms(95));
        frames.TakeNacks(Ms(95), RoundTrip).Length.ShouldBe(1, "the next loss is asked for at once too");
    }

    [Fact]
    public void A_gap_too_large_to_ask_for_is_skipped_at_once()
    {
        var frames = new FrameCollector();
        frames.FeedWhole(0, Ms(0), isKeyFrame: true);
        frames.FeedWhole(200, Ms(1000));
        frames.Receiver.KeyFrames.TakeDue(Ms(1000), RoundTrip).ShouldBeTrue();
        frames.TakeNacks(Ms(1000), RoundTrip).ShouldBeEmpty();
        frames.FeedWhole(201, Ms(1100), isKeyFrame: true);
        frames.Numbers.ShouldBe([0, 201]);
    }

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
