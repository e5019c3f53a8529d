using System.Net;

namespace LiveFace.WebRtc.Tests.Interop;

[Collection("Alone")]
public sealed class FirefoxTests
{
    // Firefox makes no pairs with a loopback address, so it gets the machine's own one.
    // It has H.264 only with a plugin that it fetches from the net.
    [Theory]
    [InlineData(RtcCodec.Vp8)]
    [InlineData(RtcCodec.Vp9)]
    public async Task Firefox_sees_its_own_picture_come_back(RtcCodec codec)
    {
        await using var server = new EchoServer(bind: IPAddress.Any) { Policy = new() { VideoCodecs = [codec] } };
        var result = await ExternalClient.BrowserUntilAsync("firefox", server, () => server is { FramesReceived: > 40, AudioReceived: > 40 });

        result.ShouldShowPictures();
        result.Inbound("audio").GetProperty("packetsReceived").GetInt32().ShouldBeGreaterThan(30);
        server.FramesReceived.ShouldBeGreaterThan(40);
        server.ShouldHaveConsent();
    }
}
