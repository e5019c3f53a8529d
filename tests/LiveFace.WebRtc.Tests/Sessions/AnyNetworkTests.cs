using LiveFace.WebRtc.Negotiation;

namespace LiveFace.WebRtc.Tests.Sessions;

/// <summary>What holds on any network, however it changes.</summary>
public sealed class AnyNetworkTests
{
    [Theory]
    [InlineData(RtcCodec.Vp8)]
    [InlineData(RtcCodec.Vp9)]
    [InlineData(RtcCodec.H264)]
    public void Whatever_the_path_does_frames_stay_whole_and_in_order_and_come_again_when_it_is_good(RtcCodec codec)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            var feedback = seed % 4 == 0 ? TestMedia.AllFeedback & ~RtcpFeedback.TransportWide : TestMedia.AllFeedback;
            var rtx = seed % 3 != 0;
            var call = new SimulatedCall(
                seed, TestMedia.Video(1000, rtx: rtx, feedback: feedback), TestMedia.Video(2000, rtx: rtx, feedback: feedback),
                audioFeedback: RtcpFeedback.None)
            {
                Codec = codec,
                SendsAudio = true,
                EncoderMax = random.Next(100_000, 3_000_000),
            };
            call.Start();
            for (var phase = 0; phase < 6; phase++)
            {
                Change(call.Forward.Conditions, random);
                Change(call.Backward.Conditions, random);
                call.Run(TimeSpan.FromSeconds(random.NextDouble() * 4));
            }

            call.SetBoth(Mend);
            call.Run(TimeSpan.FromSeconds(4));
            var seen = call.Right.Frames.Count;
            call.Run(TimeSpan.FromSeconds(3));
            (call.Right.Frames.Count - seen).ShouldBeGreaterThan(85, $"seed {seed}: the picture moves again");
            ShouldBeInOrder(call.Right, seed);
            call.Right.Session.BuffersLent.ShouldBeLessThan(50, $"seed {seed}: nothing is left behind");
        }
    }

    private static void ShouldBeInOrder(SimulatedPeer peer, int seed)
    {
        for (var i = 1; i < peer.Frames.Count; i++)
        {
            var (number, at, isKeyFrame, isContiguous, _) = peer.Frames[i];
            number.ShouldBeGreaterThan(peer.Frames[i - 1].Number, $"seed {seed}");
            // The sender may drop whole frames itself, and then begins with a key frame as well.
            (number == peer.Frames[i - 1].Number + 1 || isKeyFrame)
                .ShouldBeTrue($"seed {seed}: frame {number} at {at} stands on a missing one");
            (isContiguous || isKeyFrame).ShouldBeTrue($"seed {seed}");
        }
    }

    private static void Change(LinkConditions path, Random random)
    {
        path.Loss = random.Next(3) switch { 0 => 0, 1 => random.NextDouble() * 0.1, _ => random.NextDouble() * 0.6 };
        path.Delay = TimeSpan.FromMilliseconds(random.Next(200));
        path.Jitter = TimeSpan.FromMilliseconds(random.Next(60));
        path.Reordering = random.NextDouble() * 0.2;
        path.Duplication = random.NextDouble() * 0.1;
        path.Bandwidth = random.Next(2) == 0 ? 0 : random.Next(100_000, 3_000_000);
    }

    private static void Mend(LinkConditions path)
    {
        (path.Loss, path.Reordering, path.Duplication, path.Bandwidth) = (0, 0, 0, 0);
        (path.Delay, path.Jitter) = (TimeSpan.FromMilliseconds(20), TimeSpan.Zero);
    }
}
