namespace LiveFace.WebRtc.Tests.Receiving;

/// <summary>What is lost for good does not stop the picture where nothing else stands on it.</summary>
public sealed class LayeredLossTests
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);

    // Layers 0 2 1 2, as encoders of three layers go; frame 2 begins layer 1 anew, and so on.
    private static readonly int[] Pattern = [0, 2, 1, 2];

    private readonly FrameCollector _frames = new();

    [Fact]
    public void A_lost_frame_of_a_higher_layer_costs_only_what_stands_on_it()
    {
        Feed(0, lost: 9, last: 12, syncs: [14, 15]);
        GiveUp();
        _frames.Receiver.KeyFrames.TakeDue(Ms(2000), RoundTrip).ShouldBeFalse("no key frame is needed");
        Feed(13, last: 24, syncs: [14, 15]);

        // 9 is of layer 2; 10 and 11 may stand on it; 12 is the next base frame, 13 of layer 2 may stand on 11; 14 and
        // 15 stand on 12 alone, and from there on nothing is missing.
        _frames.Numbers.ShouldBe([.. Enumerable.Range(0, 9), 12, .. Enumerable.Range(14, 11)]);
        _frames.Frames.Where(f => !f.IsContiguous).Select(f => f.Number).ShouldBe([12, 14]);
        _frames.BuffersLent.ShouldBe(0);
    }

    [Fact]
    public void A_layer_of_which_a_frame_was_let_go_waits_for_its_own_sync()
    {
        // Layer 2 begins anew with 13, but 15 may stand on 14, which is let go, and 19 on 15.
        Feed(0, lost: 9, last: 24, syncs: [13, 18, 21]);
        GiveUp();
        _frames.Numbers.ShouldBe([.. Enumerable.Range(0, 9), 12, 13, 16, 18, 20, 21, 22, 23, 24]);
    }

    [Fact]
    public void A_sync_frame_goes_on_before_the_next_base_frame_comes()
    {
        Feed(0, lost: 9, last: 11, syncs: [10]);
        GiveUp();
        _frames.Numbers.ShouldBe([.. Enumerable.Range(0, 9), 10]);
    }

    [Fact]
    public void A_lost_base_frame_needs_a_key_frame()
    {
        Feed(0, lost: 8, last: 16, syncs: [10, 11, 14, 15]);
        GiveUp();
        _frames.Numbers.ShouldBe(Enumerable.Range(0, 8));
        _frames.Receiver.KeyFrames.TakeDue(Ms(2000), RoundTrip).ShouldBeTrue();
    }

    [Fact]
    public void A_base_frame_lost_later_needs_one_too()
    {
        Feed(0, lost: 9, last: 12);
        GiveUp();
        Feed(13, lost: 16, last: 20);
        GiveUp();
        _frames.Numbers.ShouldBe([.. Enumerable.Range(0, 9), 12]);
        _frames.Receiver.KeyFrames.TakeDue(Ms(2000), RoundTrip).ShouldBeTrue();
    }

    [Fact]
    public void The_index_of_the_base_layer_wraps()
    {
        Feed(0, lost: 9, last: 12, firstBase: 254);
        GiveUp();
        _frames.Numbers.ShouldBe([.. Enumerable.Range(0, 9), 12]);
    }

    private void Feed(int from, int last, int? lost = null, int[]? syncs = null, int firstBase = 0)
    {
        for (var frame = from; frame <= last; frame++)
        {
            if (frame != lost)
            {
                _frames.FeedWhole(
                    frame, Ms(frame * 33), isKeyFrame: frame == 0,
                    temporal: (Pattern[frame % 4], firstBase + (frame / 4), syncs?.Contains(frame) == true));
            }
        }
    }

    private void GiveUp() => _frames.Receiver.Poll(Ms(1900), RoundTrip);

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
