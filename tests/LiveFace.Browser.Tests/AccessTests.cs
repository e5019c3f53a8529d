using System.Text.Json;
using System.Text.RegularExpressions;
using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>A server that asks for keys, from the link on the terminal to a guest's link and the end.</summary>
public partial class AccessTests
{
    [Fact]
    public async Task The_link_on_the_terminal_opens_the_studio_and_a_shared_link_only_lets_watch()
    {
        await using var server = await LiveFaceServer.StartAsync(("Access:RequireKey", "true"));
        await using var chromium = await ChromiumBrowser.StartAsync(await FakeCamera.SwayingPortraitAsync());
        var key = KeyInLink().Match(server.Log).Groups["key"].Value;
        key.ShouldStartWith("lf_");

        await using var studio = await chromium.OpenAsync($"{server.Address}/?room=locked#key={key}");
        await studio.Page.ClickAsync("#start");
        await studio.UntilPlayingAsync("#result");
        var token = await studio.Page.EvaluateAsync<string>("""
            async (key) => (await (await fetch('/api/rooms/locked/share', { method: 'POST', headers: { Authorization: `Bearer ${key}` } })).json()).token
            """, key);

        await using var guest = await chromium.OpenAsync($"{server.Address}/view/locked#key={token}");
        await guest.UntilPlayingAsync("#video");
        (await guest.Page.EvaluateAsync<int>("""
            async (key) => (await fetch('/whip/locked', { method: 'POST', body: 'v=0', headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/sdp' } })).status
            """, token)).ShouldBe(403);

        await using var stranger = await chromium.OpenAsync($"{server.Address}/view/locked");
        (await stranger.Page.EvaluateAsync<int>("async () => (await fetch('/api/rooms/locked')).status")).ShouldBe(401);
        server.Log.ShouldNotContain(token);
    }

    [Fact]
    public async Task A_server_that_is_told_to_stop_says_goodbye_and_is_gone_while_people_are_in_it()
    {
        await using var server = await LiveFaceServer.StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync(await FakeCamera.SwayingPortraitAsync());
        await using var page = await chromium.OpenAsync($"{server.Address}/favicon.svg");
        await page.Page.EvaluateAsync(await PageScript.ReadAsync("rtc.js"));
        await page.Page.EvaluateAsync("""
            async () => {
              const session = await rtc.open('/api/rooms/going/peer', rtc.send(await rtc.camera(), true));
              await rtc.frames(session.pc, 5);
              const hub = await rtc.hub();
              await hub.invoke('Join', 'going', null);
              window.going = { session, hub };
            }
            """);
        await server.StopAsync();
        var seen = await page.Page.EvaluateAsync<JsonElement>("""
            async () => {
              const { session, hub } = window.going;
              await rtc.until(() => hub.events.goodbye, 'a goodbye');
              await rtc.until(() => ['disconnected', 'failed', 'closed'].includes(session.pc.connectionState), 'the connection closed');
              return hub.events.goodbye[0];
            }
            """);
        seen.GetProperty("reason").GetString().ShouldBe("shutting-down");
        server.Log.ShouldContain("All rooms closed");
    }

    [GeneratedRegex("#key=(?<key>\\S+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex KeyInLink();
}
