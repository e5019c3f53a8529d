using LiveFace.WebRtc.Sending;
using LiveFace.WebRtc.Sessions;
using LiveFace.WebRtc.Tests.Sessions;

namespace LiveFace.WebRtc.Tests.Fuzz;

/// <summary>A whole session against a peer that knows the keys and sends anything.</summary>
public sealed class MediaSessionFuzzTests
{
    [Theory]
    [InlineData(RtcCodec.Vp8, 1)]
    [InlineData(RtcCodec.Vp9, 2)]
    [InlineData(RtcCodec.H264, 3)]
    public void A_session_survives_anything_that_its_peer_sends(RtcCodec codec, int seed)
    {
        var traffic = Record(codec, seed);
        var mutation = new Mutation(seed);
        var random = mutation.Random;
        var sink = new CountingSink();
        var session = new MediaSession(
            [TestMedia.Video(2000), TestMedia.Audio(2100)], sink, sink, TestMedia.Options(seed));
        var now = TimeSpan.FromSeconds(1);
        session.Start(now);
        var frame = TestFrame.Make(codec, 1, isKeyFrame: true, 5000);
        var inputs = Mutation.Count(130_000);
        for (var i = 0; i < inputs; i++)
        {
            now += TimeSpan.FromMicroseconds(random.Next(2000));
            var (packet, rtcp) = traffic[(i + random.Next(-3, 4) + traffic.Count) % traffic.Count];
            var input = random.Next(8) switch
            {
                0 => mutation.RandomBytes(80),
                < 5 => mutation.Mutate(packet),
                _ => packet,
            };
            if (rtcp)
                session.ReceiveRtcp(input, now);
            else
                session.ReceiveRtp(input, now);
            if (session.NextDeadline <= now)
                session.Poll(now);
            if (i % 50 == 0)
            {
                session.SendVideo(
                    new OutgoingVideoFrame { Codec = codec, Payload = frame, IsKeyFrame = i % 1000 == 0 }, now);
            }
        }

        session.BuffersLent.ShouldBeLessThan(4 * 1024 + 2048 + 1);
        var statistics = session.GetStatistics(now);
        statistics.Inbound.Count.ShouldBeLessThanOrEqualTo(InboundSources.MaxSources);
        statistics.PacketsMalformed.ShouldBeGreaterThan(0);
        statistics.AvailableOutgoingBitrate.ShouldBeInRange(50_000, 4_000_000);
        sink.Frames.ShouldBeGreaterThan(0);
        // Bad input is no lever: what goes out stays in proportion to what comes in.
        sink.Packets.ShouldBeLessThan(inputs * 2);
        session.Close(now);
        session.BuffersLent.ShouldBe(0);
    }

    private static List<(byte[] Packet, bool Rtcp)> Record(RtcCodec codec, int seed)
    {
        var list = new List<(byte[], bool)>();
        var call = new SimulatedCall(seed) { Codec = codec, SendsAudio = true };
        call.SetBoth(c => (c.Delay, c.Loss, c.Reordering) = (TimeSpan.FromMilliseconds(20), 0.03, 0.02));
        call.Left.Sniff = (packet, rtcp) => list.Add((packet, rtcp));
        // What the other side asks for is as good an input.
        call.Right.Sniff = (packet, rtcp) => list.Add((packet, rtcp));
        call.Start();
        call.Run(TimeSpan.FromSeconds(10));
        return list;
    }

    private sealed class CountingSink : IPacketSink, IMediaSessionEvents
    {
        public int Packets { get; private set; }

        public int Frames { get; private set; }

        public void SendRtp(Span<byte> buffer, int length) => Packets++;

        public void SendRtcp(Span<byte> buffer, int length) => Packets++;

        public void OnVideoFrame(in ReceivedVideoFrame frame) => Frames++;

        public void OnAudioPacket(in ReceivedAudioPacket packet) => Frames++;

        public void OnKeyFrameRequested(string mid)
        {
        }

        public void OnTargetBitrateChanged(long bitsPerSecond) => bitsPerSecond.ShouldBeInRange(50_000, 4_000_000);
    }
}
