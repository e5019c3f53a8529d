using LiveFace.Browser.Tests.Fixtures;
using Microsoft.Playwright;

namespace LiveFace.Browser.Tests;

/// <summary>A film on the workbench: from drop to download, then corrected by hand and written again.</summary>
public class FilmsPageTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    // Work on the server that takes its time on a busy machine.
    private const float Patience = 180_000;

    [Fact]
    public async Task A_film_is_hidden_reviewed_written_again_and_downloaded()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        await page.DropAsync(("talk.mp4", "video/mp4", await TestFilm.MakeAsync(30, 10, "[0:v]crop=400:300:50:20,scale=320:240")));
        await page.Page.Locator("#film button:has-text('Download')").WaitForAsync(new() { Timeout = Patience });
        var before = await TestFilm.PictureAsync(await ResultAsync(page));
        before.Detail(Face).ShouldBeLessThan(8, "the face is hidden");

        await page.Page.ClickAsync("#film button:has-text('Review and correct')");
        await page.Watched.UntilAsync("document.querySelectorAll('.tracks li').length > 0");
        // The surest track is the face: the list begins with the least certain.
        await page.Page.ClickAsync(".tracks li:last-child .look");
        await page.Watched.UntilAsync("document.querySelector('.film-picture').width === 320 && document.querySelector('.tracks li.selected')");
        // A picture that was looked at itself is no card: the flat grey of one has no detail far from any face.
        await page.Watched.UntilAsync("""
            (() => {
              const { data } = document.querySelector('.film-picture').getContext('2d').getImageData(0, 0, 60, 60);
              let sum = 0;
              for (let at = 0; at < data.length - 4; at += 4) sum += Math.abs(data[at] - data[at + 4]);
              return sum / (data.length / 4) > 1;
            })()
            """);
        await page.Page.ClickAsync("#film button:has-text('Show it')");
        await page.Watched.UntilAsync("document.querySelector('.tracks li:last-child .switch.shown')");

        var tracks = await page.Page.Locator(".tracks li").CountAsync();
        await page.Page.ClickAsync("#film button:has-text('Draw a box')");
        var stage = (await page.Page.Locator(".film-lines").BoundingBoxAsync()).ShouldNotBeNull();
        await page.Page.Mouse.MoveAsync(stage.X + stage.Width * 0.3f, stage.Y + stage.Height * 0.75f);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(stage.X + stage.Width * 0.4f, stage.Y + stage.Height * 0.95f, new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();
        await page.Watched.UntilAsync($"document.querySelectorAll('.tracks li').length > {tracks}");
        await page.Page.ClickAsync("#film button:has-text('Undo')");
        await page.Watched.UntilAsync($"document.querySelectorAll('.tracks li').length === {tracks}");

        await page.Page.ClickAsync("#film button:has-text('Write the film')");
        await page.Watched.UntilAsync("!document.querySelector('#film button.primary')?.textContent.includes('Download')");
        await page.Page.Locator("#film button:has-text('Download')").WaitForAsync(new() { Timeout = Patience });
        var after = await TestFilm.PictureAsync(await ResultAsync(page));
        after.Detail(Face).ShouldBeGreaterThan(before.Detail(Face) * 1.5, "the face is shown");
        (await Axe.SeriousFaultsAsync(page.Page, "light")).ShouldBeEmpty();

        await page.Page.ClickAsync("#items .danger");
        await page.Watched.UntilAsync("!document.querySelector('#empty').hidden");
        await page.Watched.UntilAsync("fetch('/api/jobs').then((a) => a.json()).then((jobs) => jobs.length === 0)");
        page.Watched.Complaints.ShouldBeEmpty();
    }

    /// <summary>Where the face is in the film's first picture.</summary>
    private static readonly (double X, double Y, double Width, double Height) Face = (0.42, 0.3, 0.18, 0.25);

    private static async Task<byte[]> ResultAsync(FilesPage page)
    {
        var (name, bytes) = await page.DownloadAsync(() => page.Page.ClickAsync("#film button:has-text('Download')"));
        name.ShouldBe("talk.redacted.mp4");
        return bytes;
    }
}
