using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>What a newcomer does first: open the page, start the camera.</summary>
public class FirstPictureTests
{
    [Fact]
    public async Task Starting_the_camera_shows_the_redacted_picture_and_no_complaint()
    {
        await using var server = await LiveFaceServer.StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync(await FakeCamera.SwayingPortraitAsync());
        await using var page = await chromium.OpenAsync(server.Address);

        await page.Page.ClickAsync("#start");
        await page.UntilPlayingAsync("#result");

        var camera = (await page.SnapshotAsync("#camera")).ShouldNotBeNull();
        await page.UntilPictureAsync("#result", "the scene with the face's detail gone", shot =>
            shot.Detail(FakeCamera.Face) < camera.Detail(FakeCamera.Face) * 0.5 && shot.Mean((0.02, 0.1, 0.2, 0.6)).B > 90);
        page.Complaints.ShouldBeEmpty();
    }
}
