using System.Text.Json;

namespace LiveFace.WebRtc.Tests.Interop;

[Collection("Alone")]
public sealed class ChromiumTests
{
    [Theory]
    [InlineData(RtcCodec.Vp8)]
    [InlineData(RtcCodec.Vp9)]
    [InlineData(RtcCodec.H264)]
    public async Task Chromium_sees_its_own_picture_come_back(RtcCodec codec)
    {
        await using var server = new EchoServer(21100 + ((int)codec * 2)) { Policy = new() { VideoCodecs = [codec] } };
        var result = await ExternalClient.BrowserAsync("chromium", server.Url, new { direction = "sendrecv", seconds = 6 });

        result.ShouldShowPictures();
        result.Inbound("audio").GetProperty("packetsReceived").GetInt32().ShouldBeGreaterThan(100);
        server.FramesReceived.ShouldBeGreaterThan(60);
    }
}
