using System.Text.Json;
using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>A client whose network lets nothing through but a connection to the relay.</summary>
public class TurnTests
{
    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task With_the_way_to_the_server_blocked_the_picture_comes_through_the_relay(string transport)
    {
        await using var relay = await TurnServer.StartAsync();
        await using var server = await LiveFaceServer.StartAsync(
            ("Media:Bind:0", "127.0.0.1"),
            ("Ice:Urls:0", $"turn:127.0.0.1:{relay.Port}?transport={transport}"),
            ("Ice:TurnSecret", TurnServer.Secret));
        await using var chromium = await ChromiumBrowser.StartAsync(await FakeCamera.SwayingPortraitAsync());
        await using var page = await chromium.OpenAsync($"{server.Address}/favicon.svg");
        await page.Page.EvaluateAsync(await PageScript.ReadAsync("rtc.js"));

        // 'relay' keeps the browser from sending anything to the server itself, as a firewall would.
        var pair = await page.Page.EvaluateAsync<JsonElement>("""
            async () => {
              const ice = await (await fetch('/api/ice')).json();
              const { pc } = await rtc.open('/api/rooms/relayed/peer', rtc.send(await rtc.camera(), true),
                { iceServers: ice.iceServers, iceTransportPolicy: 'relay' });
              await rtc.frames(pc, 15);
              const stats = await pc.getStats();
              const transport = [...stats.values()].find((one) => one.type === 'transport');
              const pair = stats.get(transport.selectedCandidatePairId);
              const local = stats.get(pair.localCandidateId);
              return { type: local.candidateType, relayProtocol: local.relayProtocol };
            }
            """);
        pair.GetProperty("type").GetString().ShouldBe("relay");
        pair.GetProperty("relayProtocol").GetString().ShouldBe(transport);
    }

    [Fact]
    public async Task A_relay_with_another_secret_lets_nobody_through()
    {
        await using var relay = await TurnServer.StartAsync();
        await using var server = await LiveFaceServer.StartAsync(
            ("Ice:Urls:0", $"turn:127.0.0.1:{relay.Port}?transport=tcp"), ("Ice:TurnSecret", "not-that-secret"));
        await using var chromium = await ChromiumBrowser.StartAsync(await FakeCamera.SwayingPortraitAsync());
        await using var page = await chromium.OpenAsync($"{server.Address}/favicon.svg");
        await page.Page.EvaluateAsync(await PageScript.ReadAsync("rtc.js"));
        var code = await page.Page.EvaluateAsync<int>("""
            async () => {
              const ice = await (await fetch('/api/ice')).json();
              const pc = new RTCPeerConnection({ iceServers: ice.iceServers, iceTransportPolicy: 'relay' });
              const failed = new Promise((done) => { pc.onicecandidateerror = ({ errorCode }) => done(errorCode); });
              rtc.watch(pc);
              await pc.setLocalDescription();
              return await failed;
            }
            """);
        code.ShouldBe(401);
    }
}
