using LiveFace.Browser.Tests.Fixtures;
using Microsoft.Playwright;

namespace LiveFace.Browser.Tests;

/// <summary>Shapes drawn by hand, and by keyboard.</summary>
public class FilesShapeTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    // What the colours of a picture differ by after its way through the server; what is hidden differs by far more.
    private const double Same = 4;

    [Fact]
    public async Task Polygon_and_brush_hide_and_shapes_are_moved_resized_and_removed()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        await page.DropPortraitAsync();
        await page.Page.ClickAsync("[data-tool=polygon]");
        foreach (var (x, y) in ((double, double)[])[(0.66, 0.1), (0.86, 0.1), (0.86, 0.35), (0.66, 0.35)])
            await page.PressAsync(x, y);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.ClickAsync("[data-tool=brush]");
        await page.DragAsync((0.1, 0.8, 0.2, 0.05));
        await page.UntilDoneAsync();
        var drawn = await page.ResultAsync();
        drawn.Detail((0.68, 0.12, 0.16, 0.2)).ShouldBeLessThan(FilesPage.Original.Detail((0.68, 0.12, 0.16, 0.2)) / 2);
        FilesPage.Change(drawn, (0.18, 0.81, 0.04, 0.03)).ShouldBeGreaterThan(Same);

        // Moved down and to the left, off the shuttle.
        await page.Page.ClickAsync("[data-tool=move]");
        await page.PressAsync(0.76, 0.22);
        await page.DragAsync((0.76, 0.22, -0.3, 0.5));
        await page.UntilDoneAsync();
        FilesPage.Change(await page.ResultAsync(), (0.7, 0.12, 0.14, 0.2)).ShouldBeLessThan(Same);

        // Pulled at its lower right corner, back up to where it began.
        await page.DragAsync((0.56, 0.85, 0.3, 0.1));
        await page.UntilDoneAsync();
        (await page.ResultAsync()).Detail((0.4, 0.7, 0.3, 0.2)).ShouldBeLessThan(FilesPage.Original.Detail((0.4, 0.7, 0.3, 0.2)) / 2);
        await page.Page.ClickAsync("#drawn li:first-child .danger");
        await page.Page.ClickAsync("#drawn li:first-child .danger");
        await page.UntilDoneAsync();
        FilesPage.Change(await page.ResultAsync(), (0.4, 0.7, 0.3, 0.2)).ShouldBeLessThan(Same);
        page.Watched.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_is_done_by_keyboard_alone()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        // Listened for early: a dialog that opens before the browser knows of a listener is nobody's.
        var chosen = new TaskCompletionSource<IFileChooser>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Page.FileChooser += (_, chooser) => chosen.TrySetResult(chooser);
        await page.Watched.UntilAsync("document.querySelector('#what').childElementCount > 0");
        await TabToAsync(page, "choose");
        await page.Page.Keyboard.PressAsync("Enter");
        await (await chosen.Task.WaitAsync(WatchedPage.Patience, TestContext.Current.CancellationToken)).SetFilesAsync(Portrait.Path);
        await page.UntilDoneAsync();

        await TabToAsync(page, "lines");
        await page.Page.Keyboard.PressAsync(".");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Watched.UntilAsync("document.querySelector('#said').textContent.includes('shown')");
        await page.Page.Keyboard.PressAsync("n");
        for (var i = 0; i < 5; i++)
            await page.Page.Keyboard.PressAsync("Shift+ArrowRight");
        for (var i = 0; i < 5; i++)
            await page.Page.Keyboard.PressAsync("Shift+ArrowUp");
        for (var i = 0; i < 5; i++)
            await page.Page.Keyboard.PressAsync("Shift+Alt+ArrowDown");
        await page.UntilDoneAsync();
        await TabToAsync(page, "download");
        var result = FilesPage.Read((await page.DownloadAsync(() => page.Page.Keyboard.PressAsync("Enter"))).Bytes);
        FilesPage.Change(result, FilesPage.Face).ShouldBeLessThan(Same);
        FilesPage.Change(result, (0.74, 0.25, 0.04, 0.15)).ShouldBeGreaterThan(Same);
        await page.Page.Keyboard.PressAsync("Control+z");
        await page.Watched.UntilAsync("!document.querySelector('#redo').disabled");
        page.Watched.Complaints.ShouldBeEmpty();
    }

    private static async Task TabToAsync(FilesPage page, string id)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Page.EvaluateAsync<string>("document.activeElement.id") == id)
                return;
        }

        throw new TimeoutException($"The tab key never came to #{id}.");
    }
}
