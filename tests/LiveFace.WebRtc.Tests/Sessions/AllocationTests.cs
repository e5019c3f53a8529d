namespace LiveFace.WebRtc.Tests.Sessions;

public sealed class AllocationTests
{
    [Theory]
    [InlineData(RtcCodec.Vp8)]
    [InlineData(RtcCodec.Vp9)]
    [InlineData(RtcCodec.H264)]
    public void Steady_traffic_both_ways_with_losses_allocates_nothing(RtcCodec codec)
    {
        var pair = new LoopbackPair(codec);
        pair.Run(3000); // Buffers are made, methods compiled.
        var framesBefore = pair.FramesReceived;
        var packetsBefore = pair.Packets;

        var before = ThreadAllocations.Begin();
        pair.Run(1000);
        var allocated = ThreadAllocations.Since(before);

        allocated.ShouldBe(0);
        (pair.FramesReceived - framesBefore).ShouldBeGreaterThan(900);
        (pair.Packets - packetsBefore).ShouldBeGreaterThan(5000);
        pair.Retransmitted.ShouldBeGreaterThan(0);
    }
}
