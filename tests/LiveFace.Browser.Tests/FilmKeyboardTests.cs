using LiveFace.Browser.Tests.Fixtures;
using Microsoft.Playwright;

namespace LiveFace.Browser.Tests;

/// <summary>A film from choice to download without a pointer: what is found is shown, what was missed is drawn, by keys.</summary>
public class FilmKeyboardTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    // Work on the server that takes its time on a busy machine.
    private const float Patience = 180_000;

    private const int MostTabs = 80;

    private static readonly (double X, double Y, double Width, double Height) Face = (0.42, 0.3, 0.18, 0.25), Shuttle = (0.79, 0.22, 0.12, 0.16);

    [Fact]
    public async Task A_film_is_reviewed_by_keyboard_alone()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        await ChooseAsync(page, await TestFilm.MakeAsync(10, 10, "[0:v]crop=400:300:50:20,scale=320:240"));
        var before = await TestFilm.PictureAsync(await DownloadAsync(page));

        await TabToAsync(page, "document.activeElement.textContent === 'Review and correct'");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Watched.UntilAsync("document.activeElement.classList.contains('film-lines') && document.querySelectorAll('.tracks li').length > 0 && document.querySelector('.film-picture').width === 320");
        var tracks = await page.Page.Locator(".tracks li").CountAsync();
        await page.Page.Keyboard.PressAsync("d");
        for (var shown = 1; shown <= tracks; shown++)
        {
            await page.Page.Keyboard.PressAsync("s");
            await page.Watched.UntilAsync($"document.querySelectorAll('.tracks li.kept').length === {shown}"
                + (shown < tracks ? " && document.querySelector('.tracks li.selected:not(.kept)')" : ""));
        }

        // Given up, then drawn and taken back, then where it belongs.
        await page.Page.Keyboard.PressAsync("b");
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Watched.UntilAsync("!document.querySelector('.film-lines').classList.contains('drawing')");
        await DrawAsync(page, tracks + 1);
        await page.Page.Keyboard.PressAsync("u");
        await page.Watched.UntilAsync($"document.querySelectorAll('.tracks li').length === {tracks}");
        await DrawAsync(page, tracks + 1, "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight",
            "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowUp", "Shift+ArrowUp", "Shift+ArrowUp", "Alt+ArrowDown");

        await TabToAsync(page, "document.activeElement.textContent === 'Write the film'");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Watched.UntilAsync("!document.querySelector('#film button.primary')?.textContent.includes('Download')");
        var after = await TestFilm.PictureAsync(await DownloadAsync(page));
        after.Detail(Face).ShouldBeGreaterThan(before.Detail(Face) * 1.5, "what was found is shown");
        after.Detail(Shuttle).ShouldBeLessThan(before.Detail(Shuttle) / 2, "what was drawn is hidden");
        page.Watched.Complaints.ShouldBeEmpty();
    }

    private static async Task ChooseAsync(FilesPage page, byte[] film)
    {
        // Listened for early: a dialog that opens before the browser knows of a listener is nobody's.
        var chosen = new TaskCompletionSource<IFileChooser>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Page.FileChooser += (_, chooser) => chosen.TrySetResult(chooser);
        await page.Watched.UntilAsync("document.querySelector('#what').childElementCount > 0");
        await TabToAsync(page, "document.activeElement.id === 'choose'");
        await page.Page.Keyboard.PressAsync("Enter");
        await (await chosen.Task.WaitAsync(WatchedPage.Patience, TestContext.Current.CancellationToken))
            .SetFilesAsync(new FilePayload { Name = "talk.mp4", MimeType = "video/mp4", Buffer = film });
    }

    private static async Task DrawAsync(FilesPage page, int tracks, params string[] keys)
    {
        foreach (var key in (string[])["b", "Enter", .. keys, "Enter"])
            await page.Page.Keyboard.PressAsync(key);
        await page.Watched.UntilAsync($"document.querySelectorAll('.tracks li').length === {tracks}");
    }

    private static async Task<byte[]> DownloadAsync(FilesPage page)
    {
        await page.Page.Locator("#film button:has-text('Download')").WaitForAsync(new() { Timeout = Patience });
        await TabToAsync(page, "document.activeElement.textContent === 'Download' && document.activeElement.closest('#film')");
        return (await page.DownloadAsync(() => page.Page.Keyboard.PressAsync("Enter"))).Bytes;
    }

    private static async Task TabToAsync(FilesPage page, string there)
    {
        for (var presses = 0; presses < MostTabs; presses++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Page.EvaluateAsync<bool>($"!!({there})"))
                return;
        }

        throw new TimeoutException($"The tab key never came to where {there}.");
    }
}
