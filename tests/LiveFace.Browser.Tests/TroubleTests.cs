using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>What goes wrong in real life, and what the page does about it.</summary>
public class TroubleTests
{
    [Fact]
    public async Task A_camera_that_is_not_allowed_is_explained()
    {
        await using var server = await LiveFaceServer.StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync(await FakeCamera.SwayingPortraitAsync(), grantCamera: false);
        await using var page = await chromium.OpenAsync(server.Address, permissions: []);
        await page.Page.ClickAsync("#start");
        await page.UntilAsync("document.querySelector('#problem').textContent.includes('not allowed to use the camera')");
        (await page.Page.TextContentAsync("#start")).ShouldBe("Start camera");
    }

    [Fact]
    public async Task A_camera_that_is_taken_away_while_it_runs_is_explained_leaves_no_picture_and_can_be_given_back()
    {
        await using var server = await LiveFaceServer.StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync(await FakeCamera.SwayingPortraitAsync(), grantCamera: false);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.Page.ClickAsync("#start");
        await page.UntilPlayingAsync("#result");

        // Without the permission Chromium ends the track itself, as it does when the device is pulled out.
        await page.Page.EvaluateAsync("window.track = document.querySelector('#camera').srcObject.getVideoTracks()[0]");
        await page.Page.Context.ClearPermissionsAsync();
        await page.UntilAsync("track.readyState === 'ended'");
        await page.UntilAsync("document.querySelector('#problem').textContent.includes('unplugged')");
        await page.UntilAsync("document.querySelector('#result').srcObject === null");

        await page.Page.Context.GrantPermissionsAsync(["camera"]);
        await page.Page.ClickAsync("#start");
        await page.UntilPlayingAsync("#result");
        (await page.Page.TextContentAsync("#problem")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_is_started_again_is_found_again_by_the_running_page()
    {
        await using var server = await LiveFaceServer.StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync(await FakeCamera.SwayingPortraitAsync());
        await using var page = await chromium.OpenAsync(server.Address);
        await page.Page.ClickAsync("#start");
        await page.UntilPlayingAsync("#result");
        await server.StopAsync(crash: true);
        await page.UntilAsync("document.querySelector('#state').dataset.state === 'reconnecting'");
        await page.UntilAsync("document.querySelector('#result').srcObject === null");
        await server.StartAgainAsync();
        await page.UntilAsync("document.querySelector('#state').dataset.state === 'live'");
        await page.UntilPictureAsync("#result", "the scene again", shot => shot.Mean((0.02, 0.1, 0.2, 0.6)).B > 90);
    }

    [Fact]
    public async Task The_safe_stream_shows_a_card_and_never_the_camera_while_the_server_is_away()
    {
        await using var server = await LiveFaceServer.StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync(await FakeCamera.SwayingPortraitAsync());
        await using var page = await chromium.OpenAsync($"{server.Address}/view/nothing");
        await page.Page.EvaluateAsync("""
            async () => {
              const { LiveFace } = await import('/liveface.js');
              const call = await LiveFace.connect({ room: 'sdk' });
              const video = document.createElement('video');
              video.id = 'safe';
              video.muted = video.autoplay = true;
              document.body.append(video);
              const camera = await LiveFace.openCamera({ video: { width: 640, height: 480 }, audio: false });
              video.srcObject = await call.publish(camera);
            }
            """);
        await page.UntilPictureAsync("#safe", "the redacted scene", shot => shot.Mean((0.02, 0.1, 0.2, 0.6)).B > 90);
        await server.StopAsync(crash: true);
        await page.UntilPictureAsync("#safe", "a card", shot => shot.Mean((0.02, 0.1, 0.2, 0.6)) is { R: < 45, G: < 45, B: < 60 });
        await server.StartAgainAsync();
        await page.UntilPictureAsync("#safe", "the redacted scene again", shot => shot.Mean((0.02, 0.1, 0.2, 0.6)).B > 90);
    }
}
