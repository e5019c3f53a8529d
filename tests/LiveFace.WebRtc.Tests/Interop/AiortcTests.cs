namespace LiveFace.WebRtc.Tests.Interop;

[Collection("Alone")]
public sealed class AiortcTests
{
    [Theory]
    [InlineData(RtcCodec.Vp8)]
    [InlineData(RtcCodec.H264)]
    public async Task Aiortc_gets_its_own_picture_and_sound_back(RtcCodec codec)
    {
        await using var server = new EchoServer { Policy = new() { VideoCodecs = [codec] } };
        var name = codec.ToString().ToLowerInvariant();
        var result = await ExternalClient.PythonAsync("aiortc_client.py", server.Url + "whip", name, "40");

        result.GetProperty("state").GetString().ShouldBe("connected");
        result.GetProperty("video").GetInt32().ShouldBeGreaterThanOrEqualTo(60);
        result.GetProperty("audio").GetInt32().ShouldBeGreaterThanOrEqualTo(60);
        result.GetProperty("width").GetInt32().ShouldBe(320);
        server.ShouldHaveConsent();
    }
}
