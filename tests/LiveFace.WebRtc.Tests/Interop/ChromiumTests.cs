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
        await using var server = new EchoServer { Policy = new() { VideoCodecs = [codec] } };
        var result = await ExternalClient.BrowserUntilAsync("chromium", server, () => server is { FramesReceived: > 40, AudioReceived: > 100 });

        result.ShouldShowPictures();
        result.Inbound("audio").GetProperty("packetsReceived").GetInt32().ShouldBeGreaterThan(50);
        server.FramesReceived.ShouldBeGreaterThan(40);
        server.ShouldHaveConsent();
    }

    [Fact]
    public async Task Chromium_only_sends()
    {
        await using var server = new EchoServer();
        var result = await ExternalClient.BrowserUntilAsync(
            "chromium", server, () => server is { FramesReceived: > 40, AudioReceived: > 100 }, direction: "sendonly");

        result.GetProperty("state").GetString().ShouldBe("connected");
        server.LastPeer!.Directions.ShouldBe(MediaDirections.ReceiveVideo | MediaDirections.ReceiveAudio);
        server.FramesReceived.ShouldBeGreaterThan(40);
        server.AudioReceived.ShouldBeGreaterThan(100);
    }

    [Fact] // RFC 6544: an answer without UDP candidates leaves only TCP.
    public async Task Chromium_gets_its_picture_over_tcp_alone()
    {
        await using var server = new EchoServer(rewrite: answer => string.Join(
            "\r\n",
            answer.Split("\r\n").Where(line => !line.Contains(" udp ", StringComparison.Ordinal))));
        var browser = ExternalClient.BrowserAsync("chromium", server.Url, new { direction = "sendrecv", seconds = 5 });
        await Eventually.IsAsync(() => server.FramesReceived > 0);
        server.LastPeer!.GetStatistics().Transport.Protocol.ShouldBe("tcp");
        (await browser).ShouldShowPictures();
    }

    [Fact] // RFC 8445 9, RFC 9429 4.1.16
    public async Task An_ice_restart_in_the_middle_does_not_stop_the_picture()
    {
        await using var server = new EchoServer();
        var result = await ExternalClient.BrowserAsync(
            "chromium", server.Url, new { direction = "sendrecv", seconds = 8, restart = true });

        result.ShouldShowPictures();
        Gap(result).ShouldBeLessThan(2000);
        var camera = result.Outbound("video").GetProperty("framesEncoded").GetDouble();
        ((double)server.FramesReceived).ShouldBeGreaterThan(0.9 * camera);
    }

    [Fact] // Fan-out: one sender's frames to a viewer in another browser, who joins in the middle.
    public async Task Chromium_only_watches_what_another_sends()
    {
        await using var server = new EchoServer();
        var sender = ExternalClient.BrowserAsync("chromium", server.Url, new { direction = "sendonly", untilOver = true });
        await Eventually.IsAsync(() => server.FramesReceived > 0);
        var result = await ExternalClient.BrowserAsync("chromium", server.Url, new { direction = "recvonly", seconds = 4 });

        result.ShouldShowPictures();
        result.Inbound("audio").GetProperty("packetsReceived").GetInt32().ShouldBeGreaterThan(100);
        server.LastPeer!.Directions.ShouldBe(MediaDirections.SendVideo | MediaDirections.SendAudio);
        server.Over = true;
        await sender;
    }

    // A window on a busy machine says nothing of losses, which are in every window: about four a second at 5 %.
    [Theory]
    [InlineData(0.05, 25, 500)]
    [InlineData(0.01, 27, 200)]
    public async Task Chromium_shows_a_picture_that_moves_evenly_through_loss(double loss, double leastFrames, double longestGap)
    {
        LossyRelay? relay = null;
        await using var server = new EchoServer(rewrite: answer => relay!.Rewrite(answer));
        await using var made = relay = new LossyRelay(server.Endpoint.Port, loss, TimeSpan.FromMilliseconds(25));
        var result = await ExternalClient.BrowserAsync("chromium", server.Url, new
        {
            direction = "sendrecv", width = 320, height = 240, seconds = 5, windows = 8,
            smooth = new { framesPerSecond = leastFrames, longestGap },
        });

        result.ShouldShowPictures();
        relay.Lost.ShouldBeGreaterThan((int)(loss * 100));
        var last = result.GetProperty("windows").EnumerateArray().Last();
        last.GetProperty("framesPerSecond").GetDouble().ShouldBeGreaterThanOrEqualTo(leastFrames, result.ToString());
        last.GetProperty("longestGap").GetDouble().ShouldBeLessThanOrEqualTo(longestGap, result.ToString());
    }

    static double Gap(JsonElement result) => result.GetProperty("longestGap").GetDouble();
}
