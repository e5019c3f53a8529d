using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>Pictures on the workbench, from drop to download: each control by what it does to the pixels that come out.</summary>
public class FilesTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    // What the colours of a picture differ by after its way through the server; what is hidden differs by far more.
    private const double Same = 4;

    private const double Hidden = 12;

    [Fact]
    public async Task A_picture_is_hidden_corrected_by_hand_and_downloaded()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        await page.DropPortraitAsync();
        await page.UntilDoneAsync();
        var first = await page.ResultAsync();
        FilesPage.Change(first, FilesPage.Face).ShouldBeGreaterThan(Hidden);
        FilesPage.Change(first, FilesPage.Shuttle).ShouldBeLessThan(Same);

        await page.DragAsync(FilesPage.Shuttle);
        await page.UntilDoneAsync();
        var (name, bytes) = await page.DownloadAsync(() => page.Page.ClickAsync("#download"));
        name.ShouldBe("me.redacted.png");
        var drawn = FilesPage.Read(bytes);
        drawn.Detail((0.7, 0.16, 0.12, 0.13)).ShouldBeLessThan(FilesPage.Original.Detail((0.7, 0.16, 0.12, 0.13)) / 3);
        FilesPage.Change(drawn, FilesPage.Face).ShouldBeGreaterThan(Hidden);
        page.Watched.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_face_that_no_rule_hides_is_hidden_by_hand_with_an_effect_of_its_own()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        await page.DropPortraitAsync();
        await page.Page.ClickAsync("#what button:has-text('Faces')");
        await page.UntilDoneAsync();
        FilesPage.Change(await page.ResultAsync(), FilesPage.Face).ShouldBeLessThan(Same);

        await page.Page.ClickAsync("[data-tool=rectangle]");
        await page.DragAsync((0.32, 0.1, 0.26, 0.3));
        await page.Page.SelectOptionAsync("#drawn-effect-0", "solid");
        await page.Page.FillAsync("#drawn-colour-0", "#e01010");
        await page.UntilDoneAsync();
        (await page.ResultAsync()).Mean(FilesPage.Face).ShouldSatisfyAllConditions(colour => colour.R.ShouldBeGreaterThan(190), colour => colour.G.ShouldBeLessThan(50));
        page.Watched.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_find_that_is_switched_off_is_shown_and_undo_hides_it_again()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        await page.DropPortraitAsync();
        await page.UntilDoneAsync();
        await page.PressAsync(0.44, 0.26);
        await page.Watched.UntilAsync("document.querySelector('#found .switch.shown')?.textContent === 'Shown'");
        await page.UntilDoneAsync();
        FilesPage.Change(await page.ResultAsync(), FilesPage.Face).ShouldBeLessThan(Same);

        await page.Page.ClickAsync("#undo");
        await page.UntilDoneAsync();
        FilesPage.Change(await page.ResultAsync(), FilesPage.Face).ShouldBeGreaterThan(Hidden);
        await page.Page.ClickAsync("#redo");
        await page.UntilDoneAsync();
        FilesPage.Change(await page.ResultAsync(), FilesPage.Face).ShouldBeLessThan(Same);
        page.Watched.Complaints.ShouldBeEmpty();
    }
}
