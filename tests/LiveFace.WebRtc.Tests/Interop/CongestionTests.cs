using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Interop;

[Collection("Alone")]
public sealed class CongestionTests
{
    [Fact]
    public async Task The_target_settles_under_a_cap_without_a_standing_queue_and_recovers_when_it_lifts()
    {
        const int Cap = 500_000;
        LossyRelay? relay = null;
        await using var server = new EchoServer(21180, rewrite: answer => relay!.Rewrite(answer))
        {
            Policy = new() { VideoCodecs = [RtcCodec.Vp8], MaximumReceiveBitrate = 150_000 },
            FillToTarget = true,
        };
        await using var made = relay = new LossyRelay(server.Endpoint.Port, 0, TimeSpan.FromMilliseconds(25)) { CapToClient = Cap };
        var browser = ExternalClient.BrowserAsync("chromium", server.Url, new { direction = "sendrecv", seconds = 2, audio = false, untilOver = true });
        await RtcTestClient.Until(() => server.FramesReceived > 0);

        await SettleAsync(server, relay, Cap);

        relay.CapToClient = 0;
        await RtcTestClient.Until(() => server.LastPeer!.TargetBitrate > 2 * Cap);
        server.Over = true;
        await browser;
    }

    /// <summary>
    /// Reads target and queue once for each frame that comes, until those of the last 150 frames are what they should be.
    /// While a busy machine stops relay or browser for a while, that looks like a path that is narrower still.
    /// </summary>
    static async Task SettleAsync(EchoServer server, LossyRelay relay, int cap)
    {
        const int Seen = 150;
        var (targets, queues) = (new List<long>(), new List<double>());
        while (targets.Count < 8 * Seen)
        {
            var seen = server.FramesReceived;
            await RtcTestClient.Until(() => server.FramesReceived > seen);
            targets.Add(server.LastPeer!.TargetBitrate);
            queues.Add(relay.StandingQueue.TotalMilliseconds);
            if (targets.Count >= 2 * Seen && Median(targets[^Seen..]) < cap && Median(targets[^Seen..]) > cap / 3
                && Median(queues[^Seen..]) < 200)
                return;
        }

        Assert.Fail($"targets {Some(targets)}, queues {Some(queues)}");
    }

    static string Some<T>(List<T> values) => string.Join(' ', values.Where((_, i) => i % 15 == 0).Select(value => $"{value:0}"));

    static T Median<T>(List<T> values) => values.Order().ElementAt(values.Count / 2);
}
