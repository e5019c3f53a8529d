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
        var browser = ExternalClient.BrowserAsync("chromium", server.Url, new { direction = "sendrecv", seconds = 22, audio = false });
        await RtcTestClient.Until(() => server.FramesReceived > 0);

        var (targets, queues) = await SampleAsync(server, relay, frames: 300);
        var settled = targets[(targets.Count / 2)..];
        var standing = queues[(queues.Count / 2)..];
        TestContext.Current.TestOutputHelper?.WriteLine($"targets {string.Join(' ', targets.Where((_, i) => i % 15 == 0))}");
        TestContext.Current.TestOutputHelper?.WriteLine($"queues {string.Join(' ', queues.Where((_, i) => i % 15 == 0).Select(queue => (int)queue.TotalMilliseconds))}");
        Median(settled).ShouldBeLessThan(Cap);
        Median(settled).ShouldBeGreaterThan(Cap / 3);
        Median(standing).ShouldBeLessThan(TimeSpan.FromMilliseconds(200));

        relay.CapToClient = 0;
        await RtcTestClient.Until(() => server.LastPeer!.TargetBitrate > 2 * Cap);
        await browser;
    }

    /// <summary>Reads target and queue once for each frame that comes.</summary>
    static async Task<(List<long> Targets, List<TimeSpan> Queues)> SampleAsync(EchoServer server, LossyRelay relay, int frames)
    {
        var (targets, queues) = (new List<long>(), new List<TimeSpan>());
        for (var i = 0; i < frames; i++)
        {
            var seen = server.FramesReceived;
            await RtcTestClient.Until(() => server.FramesReceived > seen);
            targets.Add(server.LastPeer!.TargetBitrate);
            queues.Add(relay.StandingQueue);
        }

        return (targets, queues);
    }

    static T Median<T>(List<T> values) => values.Order().ElementAt(values.Count / 2);
}
