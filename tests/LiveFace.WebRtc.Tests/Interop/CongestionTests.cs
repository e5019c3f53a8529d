using LiveFace.WebRtc.Tests.Clients;

namespace LiveFace.WebRtc.Tests.Interop;

/// <summary>
/// That a real browser's feedback comes in over a path with a cap, and that the target follows it. How well is shown in
/// simulated time (CappedPathTests), where no busy machine plays a part.
/// </summary>
[Collection("Alone")]
public sealed class CongestionTests
{
    [Fact]
    public async Task The_target_falls_under_a_cap_pictures_go_on_and_it_recovers_when_the_cap_lifts()
    {
        const int Cap = 500_000;
        LossyRelay? relay = null;
        await using var server = new EchoServer(rewrite: answer => relay!.Rewrite(answer))
        {
            Policy = new() { VideoCodecs = [RtcCodec.Vp8], MaximumReceiveBitrate = 150_000 },
            FillToTarget = true,
        };
        await using var made = relay = new LossyRelay(server.Endpoint.Port, 0, TimeSpan.FromMilliseconds(25)) { CapToClient = Cap };
        var browser = ExternalClient.BrowserAsync("chromium", server.Url, new { direction = "sendrecv", seconds = 2, audio = false, untilOver = true });
        await Eventually.IsAsync(() => server.FramesReceived > 0);

        await Eventually.IsAsync(() => server.LastPeer!.TargetBitrate < Cap);
        var seen = server.FramesReceived;
        await Eventually.IsAsync(() => server.FramesReceived > seen + 150);

        relay.CapToClient = 0;
        await Eventually.IsAsync(() => server.LastPeer!.TargetBitrate > 2 * Cap);
        server.Over = true;
        (await browser).ShouldShowPictures();
    }
}
