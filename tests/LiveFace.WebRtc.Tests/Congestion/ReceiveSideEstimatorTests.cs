using LiveFace.WebRtc.Congestion;
using LiveFace.WebRtc.Sending;

namespace LiveFace.WebRtc.Tests.Congestion;

public sealed class ReceiveSideEstimatorTests
{
    [Fact]
    public void A_queue_that_fills_brings_the_estimate_below_the_path()
    {
        var estimator = new ReceiveSideEstimator();
        var free = TimeSpan.Zero;
        var told = false;
        // A sender of 800 kbit/s behind 500 kbit/s, across the wrap of its send times.
        for (var i = 0; i < 300; i++)
        {
            var sent = TimeSpan.FromMilliseconds(63_000 + i * 10);
            free = (free > sent ? free : sent) + TimeSpan.FromMilliseconds(16);
            told |= estimator.Add(SendTime(sent), 1000, TimeSpan.FromMilliseconds(50), free);
        }

        told.ShouldBeTrue();
        estimator.Estimate.ShouldBeInRange(200_000, 500_000);
    }

    [Fact]
    public void A_free_path_lets_the_estimate_grow()
    {
        var estimator = new ReceiveSideEstimator();
        for (var i = 0; i < 1000; i++)
        {
            var sent = TimeSpan.FromMilliseconds(i * 8);
            estimator.Add(SendTime(sent), 1000, TimeSpan.FromMilliseconds(50), sent + TimeSpan.FromMilliseconds(20));
        }

        estimator.Estimate.ShouldBeGreaterThan(1_300_000);
    }

    private static uint SendTime(TimeSpan at) => PacketTransmitter.SendTime(at);
}
