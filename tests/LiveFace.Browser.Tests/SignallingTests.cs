using System.Diagnostics;
using System.Text.Json;
using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>The protocol as docs/reference/protocol.md has it, spoken by a real browser without the SDK.</summary>
public class SignallingTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    [Fact]
    public async Task A_camera_sent_by_whip_is_watched_by_whep_with_sound_until_it_is_deleted()
    {
        await using var page = await OpenAsync();
        var result = await page.Page.EvaluateAsync<JsonElement>("""
            async () => {
              const camera = await rtc.camera();
              const sender = await rtc.open('/whip/studio', rtc.send(camera));
              await rtc.until(async () => (await (await fetch('/api/rooms/studio')).json()).publisher, 'a publisher');
              const viewers = [await rtc.open('/whep/studio', rtc.watch), await rtc.open('/whep/studio', rtc.watch)];
              for (const { pc } of viewers) { await rtc.frames(pc, 15); await rtc.sound(pc); }
              const state = await (await fetch('/api/rooms/studio')).json();
              const deleted = (await fetch(sender.location, { method: 'DELETE' })).status;
              await rtc.until(async () => !(await (await fetch('/api/rooms/studio')).json()).publisher, 'the publisher gone');
              return { viewers: state.viewers, audio: state.publisher.audio, deleted };
            }
            """);
        result.GetProperty("viewers").GetInt32().ShouldBe(2);
        result.GetProperty("audio").GetBoolean().ShouldBeTrue();
        result.GetProperty("deleted").GetInt32().ShouldBe(200);
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_streaming_program_that_sends_h264_by_whip_is_watched_in_a_browser_until_it_ends()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Scripts", "whip_h264.py");
        using var program = Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, $"{fixture.Server.Address}/whip/streamed", "any"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
        })!;
        try
        {
            (await program.StandardOutput.ReadLineAsync(Cancel)).ShouldBe("published");
            await using var page = await OpenAsync();
            var publisher = await page.Page.EvaluateAsync<JsonElement>("""
                async () => {
                  const { pc } = await rtc.open('/whep/streamed', rtc.watch);
                  await rtc.frames(pc, 30);
                  await rtc.sound(pc);
                  return (await (await fetch('/api/rooms/streamed')).json()).publisher;
                }
                """);
            publisher.GetProperty("codec").GetString().ShouldBe("h264");
            (publisher.GetProperty("width").GetInt32(), publisher.GetProperty("height").GetInt32()).ShouldBe((640, 360));
            program.StandardInput.Close();
            (await program.StandardOutput.ReadLineAsync(Cancel)).ShouldBe("200");
            await page.Page.EvaluateAsync("rtc.until(async () => !(await (await fetch('/api/rooms/streamed')).json()).publisher, 'the publisher gone')");
        }
        finally
        {
            if (!program.HasExited)
                program.Kill();
        }
    }

    [Fact]
    public async Task One_connection_sends_and_receives_and_detections_name_the_frames_that_it_shows()
    {
        await using var page = await OpenAsync();
        var result = await page.Page.EvaluateAsync<JsonElement>("""
            async () => {
              const hub = await rtc.hub();
              await hub.invoke('Join', 'both', { detectionsPerSecond: 30, stats: true });
              const shown = new Set();
              const video = document.createElementNS('http://www.w3.org/1999/xhtml', 'video');
              video.muted = true;
              const frame = (_, { rtpTimestamp }) => { shown.add(rtpTimestamp); video.requestVideoFrameCallback(frame); };
              const camera = await rtc.camera();
              await rtc.open('/api/rooms/both/peer', (pc) => {
                rtc.send(camera, true)(pc);
                pc.ontrack = ({ track }) => { video.srcObject = new MediaStream([track]); video.play(); video.requestVideoFrameCallback(frame); };
              });
              const faces = () => (hub.events.detections ?? []).filter(({ objects }) => objects.some((one) => one.hidden));
              await rtc.until(() => faces().filter((one) => shown.has(one.rtpTimestamp)).length >= 20, 'detections of frames on show');
              await rtc.until(() => hub.events.stats?.length, 'statistics');
              const changed = await hub.invoke('SetPolicy', 'both', { preset: 'cover-everything' }, null);
              await rtc.until(() => hub.events.policy?.at(-1).policy.preset === 'cover-everything', 'news of the policy');
              return { box: faces().at(-1).objects.find((one) => one.hidden).box, version: changed.version, told: hub.events.policy.at(-1).policy.version };
            }
            """);
        var box = result.GetProperty("box");
        var (x, y) = (box.GetProperty("x").GetDouble() + box.GetProperty("width").GetDouble() / 2,
            box.GetProperty("y").GetDouble() + box.GetProperty("height").GetDouble() / 2);
        x.ShouldBeInRange(FakeCamera.Face.X, FakeCamera.Face.X + FakeCamera.Face.Width, "the box is on the face");
        y.ShouldBeInRange(FakeCamera.Face.Y, FakeCamera.Face.Y + FakeCamera.Face.Height, "the box is on the face");
        result.GetProperty("told").GetInt64().ShouldBe(result.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task An_ice_restart_by_patch_keeps_the_picture_going()
    {
        await using var page = await OpenAsync();
        var result = await page.Page.EvaluateAsync<JsonElement>("""
            async () => {
              const session = await rtc.open('/api/rooms/restarted/peer', rtc.send(await rtc.camera(), true));
              await rtc.frames(session.pc, 10);
              const offer = await session.pc.createOffer({ iceRestart: true });
              await session.pc.setLocalDescription(offer);
              const line = (name) => new RegExp(`^a=${name}:.*$`, 'm').exec(offer.sdp)[0].trim();
              const fragment = [line('group'), /^m=.*$/m.exec(offer.sdp)[0].trim(), line('mid'), line('ice-ufrag'), line('ice-pwd'), ''].join('\r\n');
              const response = await fetch(session.location, {
                method: 'PATCH', headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*' }, body: fragment,
              });
              const credentials = await response.text();
              const take = (name) => new RegExp(`a=${name}:(\\S+)`).exec(credentials)[1];
              const answer = session.pc.remoteDescription.sdp
                .replace(/a=ice-ufrag:\S+/g, `a=ice-ufrag:${take('ice-ufrag')}`).replace(/a=ice-pwd:\S+/g, `a=ice-pwd:${take('ice-pwd')}`);
              const before = (await rtc.stat(session.pc, 'inbound-rtp', 'video')).framesDecoded;
              await session.pc.setRemoteDescription({ type: 'answer', sdp: answer });
              await rtc.frames(session.pc, before + 30);
              return { status: response.status, etagChanged: response.headers.get('ETag') !== session.etag, state: session.pc.connectionState };
            }
            """);
        result.GetProperty("status").GetInt32().ShouldBe(200);
        result.GetProperty("etagChanged").GetBoolean().ShouldBeTrue();
        result.GetProperty("state").GetString().ShouldBe("connected");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Any address of the server's origin does: the script brings what it needs.
    private async Task<WatchedPage> OpenAsync()
    {
        var page = await fixture.Chromium.OpenAsync($"{fixture.Server.Address}/favicon.svg");
        await page.Page.EvaluateAsync(await PageScript.ReadAsync("rtc.js"));
        return page;
    }
}
