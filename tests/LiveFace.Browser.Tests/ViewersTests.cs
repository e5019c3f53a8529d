using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>Other people: viewers by link, and a meeting.</summary>
public class ViewersTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    [Fact]
    public async Task Two_viewers_see_the_redacted_picture_also_when_they_come_before_the_camera()
    {
        await using var early = await fixture.Chromium.OpenAsync($"{fixture.Server.Address}/view/shared");
        await early.UntilAsync("document.querySelector('#message').textContent.includes('Nobody is sending')");
        await using var studio = await fixture.StartStudioAsync("shared");
        await using var late = await fixture.Chromium.OpenAsync($"{fixture.Server.Address}/view/shared");
        var camera = (await studio.SnapshotAsync("#camera")).ShouldNotBeNull();
        foreach (var viewer in new[] { early, late })
            await viewer.UntilPictureAsync("#video", "the scene with the face hidden", shot =>
                shot.Mean((0.02, 0.1, 0.2, 0.6)).B > 90 && shot.Detail(FakeCamera.Face) < camera.Detail(FakeCamera.Face) * 0.5);
        late.Complaints.ShouldBeEmpty();
        // The one who came early asked for a room without a picture, which browsers log as a failed request.
        early.Complaints.ShouldAllBe(complaint => complaint.Contains("409"));
    }

    [Fact]
    public async Task Three_people_meet_and_each_sees_the_two_others_hidden()
    {
        List<WatchedPage> people = [];
        try
        {
            foreach (var name in new[] { "Ada", "Grace", "Edith" })
            {
                var page = await fixture.Chromium.OpenAsync($"{fixture.Server.Address}/meet/three");
                people.Add(page);
                await page.Page.FillAsync("#name", name);
                await page.Page.ClickAsync("#lobby button");
                await page.UntilAsync("document.querySelector('#state').dataset.state === 'live'");
            }

            foreach (var page in people)
            {
                await page.UntilAsync("document.querySelectorAll('.tile video').length === 3");
                await page.UntilAsync("[...document.querySelectorAll('.tile video')].every(video => video.videoWidth > 0 && video.currentTime > 0)");
                page.Complaints.ShouldBeEmpty();
            }

            await people[2].Page.ClickAsync("#leave");
            await people[0].UntilAsync("document.querySelectorAll('.tile video').length === 2");
        }
        finally
        {
            foreach (var page in people)
                await page.DisposeAsync();
        }
    }

    [Fact]
    public async Task Who_is_quicker_than_the_page_keeps_the_name_and_joins_when_it_is_ready()
    {
        await using var page = await fixture.Chromium.OpenAsync($"{fixture.Server.Address}/favicon.svg");
        var ready = new TaskCompletionSource();
        await page.Page.RouteAsync("**/api/presets", async route =>
        {
            await ready.Task;
            await route.ContinueAsync();
        });
        await page.Page.GotoAsync($"{fixture.Server.Address}/meet/quick", new() { WaitUntil = Microsoft.Playwright.WaitUntilState.Commit });
        await page.Page.FillAsync("#name", "Ada");
        await page.Page.PressAsync("#name", "Enter");
        (await page.Page.IsDisabledAsync("#join")).ShouldBeTrue();
        ready.SetResult();
        await page.Page.ClickAsync("#join");
        await page.UntilAsync("document.querySelector('#state').dataset.state === 'live'");
        await page.UntilAsync("document.querySelector('.tile figcaption').textContent === 'Ada (you)'");
        page.Complaints.ShouldBeEmpty();
    }
}
