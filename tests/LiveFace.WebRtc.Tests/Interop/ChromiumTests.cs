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
        var result = await ExternalClient.BrowserAsync("chromium", server.Url, new { direction = "sendrecv", seconds = 4 });

        result.ShouldShowPictures();
        result.Inbound("audio").GetProperty("packetsReceived").GetInt32().ShouldBeGreaterThan(50);
        server.FramesReceived.ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task Chromium_only_sends()
    {
        await using var server = new EchoServer(21110);
        var result = await ExternalClient.BrowserAsync("chromium", server.Url, new { direction = "sendonly", seconds = 4 });

        result.GetProperty("state").GetString().ShouldBe("connected");
        server.LastPeer!.Directions.ShouldBe(MediaDirections.ReceiveVideo | MediaDirections.ReceiveAudio);
        server.FramesReceived.ShouldBeGreaterThan(40);
        server.AudioReceived.ShouldBeGreaterThan(100);
    }

    [Fact] // RFC 6544: an answer without UDP candidates leaves only TCP.
    public async Task Chromium_gets_its_picture_over_tcp_alone()
    {
        await using var server = new EchoServer(21118, rewrite: answer => string.Join(
            "\r\n",
            answer.Split("\r\n").Where(line => !line.Contains(" udp ", StringComparison.Ordinal))));
        var browser = ExternalClient.BrowserAsync("chromium", server.Url, new { direction = "sendrecv", seconds = 5 });
        await Clients.RtcTestClient.Until(() => server.FramesReceived > 0);
        server.LastPeer!.GetStatistics().Transport.Protocol.ShouldBe("tcp");
        (await browser).ShouldShowPictures();
    }

    [Fact] // RFC 8445 9, RFC 9429 4.1.16
    public async Task An_ice_restart_in_the_middle_does_not_stop_the_picture()
    {
        await using var server = new EchoServer(21190);
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
        await using var server = new EchoServer(21112);
        var sender = ExternalClient.BrowserAsync("chromium", server.Url, new { direction = "sendonly", seconds = 10 });
        await Clients.RtcTestClient.Until(() => server.FramesReceived > 0);
        var result = await ExternalClient.BrowserAsync("chromium", server.Url, new { direction = "recvonly", seconds = 4 });

        result.ShouldShowPictures();
        result.Inbound("audio").GetProperty("packetsReceived").GetInt32().ShouldBeGreaterThan(100);
        server.LastPeer!.Directions.ShouldBe(MediaDirections.SendVideo | MediaDirections.SendAudio);
        await sender;
    }

    [Fact]
    public async Task Chromium_sees_a_moving_picture_through_loss()
    {
        // The same machine at the same time, without loss, is the measure; 25 of 30 frames a second have to come.
        var clean = await ThroughRelayAsync(21114, 0);
        foreach (var loss in (double[])[0.01, 0.05])
        {
            var lossy = await ThroughRelayAsync(21116, loss);
            Shown(lossy).ShouldBeGreaterThan(25.0 / 30 * Shown(clean), lossy.ToString());
            Gap(lossy).ShouldBeLessThan(Math.Max(500, 2 * Gap(clean)), lossy.ToString());
        }
    }

    /// <summary>Which share of the camera's frames came back, was decoded in time and could be shown.</summary>
    static double Shown(JsonElement result)
    {
        var back = result.Inbound("video");
        return (back.GetProperty("framesDecoded").GetDouble() - back.GetProperty("framesDropped").GetDouble())
            / result.Outbound("video").GetProperty("framesEncoded").GetDouble();
    }

    static double Gap(JsonElement result) => result.GetProperty("longestGap").GetDouble();

    static async Task<JsonElement> ThroughRelayAsync(int port, double loss)
    {
        LossyRelay? relay = null;
        await using var server = new EchoServer(port, rewrite: answer => relay!.Rewrite(answer));
        await using var made = relay = new LossyRelay(server.Endpoint.Port, loss, TimeSpan.FromMilliseconds(25));
        var result = await ExternalClient.BrowserAsync("chromium", server.Url, new { direction = "sendrecv", seconds = 7 });
        result.ShouldShowPictures();
        if (loss > 0)
            relay.Lost.ShouldBeGreaterThan(5);
        return result;
    }
}
