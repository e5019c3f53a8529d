using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>From a drawn box to the outline of what is in it, on the workbench.</summary>
public class OutlineTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    private static readonly (double X, double Y, double Width, double Height) Box = (0.34, 0.12, 0.24, 0.27);

    [Fact]
    public async Task A_box_becomes_the_outline_of_what_is_in_it_by_a_key_and_back_by_undo()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        await page.DropPortraitAsync();
        await page.Page.ClickAsync("#what button:has-text('Faces')");
        await page.Page.ClickAsync("[data-tool=rectangle]");
        await page.DragAsync(Box);
        await page.Page.SelectOptionAsync("#drawn-effect-0", "solid");
        await page.UntilDoneAsync();
        var boxed = await page.ResultAsync();

        await page.Page.FocusAsync("#lines");
        await page.Page.Keyboard.PressAsync("f");
        await page.Watched.UntilAsync("document.querySelector('#drawn .look')?.textContent.startsWith('Polygon') && !document.querySelector('#snap').textContent.includes('Looking')");
        await page.UntilDoneAsync();
        var outlined = await page.ResultAsync();
        FilesPage.Change(outlined, FilesPage.Face).ShouldBeGreaterThan(40);
        // What is round the face in the box is to be seen again; the effect went along.
        FilesPage.Change(outlined, Box).ShouldBeLessThan(0.95 * FilesPage.Change(boxed, Box));
        (await page.Page.InputValueAsync("#drawn-effect-0")).ShouldBe("solid");

        await page.Page.ClickAsync("#undo");
        await page.Watched.UntilAsync("document.querySelector('#drawn .look')?.textContent === 'Box 1'");
        await page.UntilDoneAsync();
        (await page.ResultAsync()).Rgba.ShouldBe(boxed.Rgba);
        page.Watched.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_find_becomes_an_outline_by_the_button_and_a_plain_place_says_that_nothing_stands_out()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        await page.DropPortraitAsync();
        await page.UntilDoneAsync();
        (await page.Page.IsDisabledAsync("#snap")).ShouldBeTrue();
        await page.Page.ClickAsync("#found .look");
        await page.Page.ClickAsync("#snap");
        await page.Watched.UntilAsync("document.querySelector('#drawn .look')?.textContent.startsWith('Polygon')");

        await page.DropAsync(("plain.png", "image/png", TestPng.Of(300, 300, 0x6080_70FF)));
        await page.Watched.UntilAsync("document.querySelectorAll('#items li[data-state=done]').length === 2");
        await page.UntilDoneAsync();
        await page.DragAsync((0.3, 0.3, 0.3, 0.3));
        await page.Page.ClickAsync("#snap");
        await page.Watched.UntilAsync("document.querySelector('#problem').textContent.includes('stands out')");
        page.Watched.Complaints.ShouldBeEmpty();
    }
}
