using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LiveFace.Browser.Tests.Fixtures;
using Microsoft.Playwright;

namespace LiveFace.Browser.Tests;

/// <summary>Pictures, still and moving, that are reviewed on the workbench as films are, each by the file that comes out.</summary>
public class PictureReviewTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    // Work on the server that takes its time on a busy machine.
    private const float Patience = 180_000;

    // What the colours of a picture differ by after its way through the server; what is hidden differs by far more.
    private const double Same = 4, Hidden = 12;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_is_reviewed_shown_drawn_over_undone_written_and_reported()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        await page.DropPortraitAsync();
        await page.UntilDoneAsync();
        await page.Page.ClickAsync("#review");
        await ReviewedAsync(page);
        (await page.Page.Locator("#film button:has-text('Download')").CountAsync()).ShouldBe(0, "nothing is written before somebody says so");
        (await page.Page.Locator("#film :is(.film-slider, .for-times, button[aria-keyshortcuts=x], button[aria-keyshortcuts=j]):visible").CountAsync()).ShouldBe(0, "a picture has no times");
        (await PreviewAsync(page)).Detail(FilesPage.Face).ShouldBeLessThan(FilesPage.Original.Detail(FilesPage.Face) / 2, "the face is hidden in what would be written");
        var doubts = (await page.Page.Locator(".tracks .doubt").AllTextContentsAsync()).Select(text => int.Parse(text.Split(' ')[1])).ToList();
        doubts.ShouldBe(doubts.OrderDescending());

        for (var shown = 1; shown <= doubts.Count; shown++)
        {
            await page.Page.ClickAsync($".tracks li:nth-child({shown}) .look");
            await page.Page.ClickAsync("#film button:has-text('Show it')");
            await page.Watched.UntilAsync($"document.querySelectorAll('.tracks li.kept').length === {shown}");
        }

        await page.Page.ClickAsync("#film button:has-text('As it is')");
        await page.Page.ClickAsync("#film button:has-text('Draw a box')");
        await DragAsync(page, FilesPage.Shuttle);
        await page.Watched.UntilAsync($"document.querySelectorAll('.tracks li').length === {doubts.Count + 1}");
        await page.Page.ClickAsync("#film button:has-text('As it is')");
        var preview = await PreviewAsync(page);
        FilesPage.Change(preview, FilesPage.Face).ShouldBeLessThan(Hidden / 2, "the preview shows what was shown");
        FilesPage.Change(preview, FilesPage.Shuttle).ShouldBeGreaterThan(Hidden, "and hides what was drawn over");
        (await Axe.SeriousFaultsAsync(page.Page, "dark")).ShouldBeEmpty();

        var (name, written) = await WriteAsync(page, "Write the picture");
        name.ShouldBe("me.redacted.png");
        var result = FilesPage.Read(written);
        FilesPage.Change(result, FilesPage.Face).ShouldBeLessThan(Same, "what was shown is as it was");
        FilesPage.Change(result, FilesPage.Shuttle).ShouldBeGreaterThan(Hidden, "what was drawn over is hidden");
        var report = await page.DownloadAsync(() => page.Page.ClickAsync("#film button:text-is('Report')"));
        (report.Name, Encoding.UTF8.GetString(report.Bytes).Contains("me.png", StringComparison.Ordinal)).ShouldBe(("me.report.html", true));

        for (var left = doubts.Count; left >= 0; left--)
        {
            await page.Page.ClickAsync("#film button:has-text('Undo')");
            await page.Watched.UntilAsync($"document.querySelectorAll('.tracks li.kept').length === {left}");
        }

        var undone = FilesPage.Read((await WriteAsync(page, "Write the picture")).Bytes);
        FilesPage.Change(undone, FilesPage.Face).ShouldBeGreaterThan(Hidden);
        FilesPage.Change(undone, FilesPage.Shuttle).ShouldBeLessThan(Same);
        page.Watched.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("wave.gif", "image/gif", "gif")]
    [InlineData("wave.png", "image/png", "apng")]
    public async Task A_picture_that_moves_is_reviewed_before_it_is_written_and_stays_what_it_is(string name, string type, string format)
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        await page.DropPortraitAsync();
        await page.Page.CheckAsync("#review-first");
        await page.DropAsync((name, type, await TestFilm.MovingAsync(format, pictures: 4)));
        await ReviewedAsync(page);
        (await page.Page.Locator("#film button:has-text('Download')").CountAsync()).ShouldBe(0, "nothing is written before somebody says so");
        await page.Page.FillAsync(".film-slider", "3");
        await page.Watched.UntilAsync("document.querySelector('.film-time').textContent.startsWith('3 ·')");
        var (result, bytes) = await WriteAsync(page, "Write the film");
        result.ShouldBe($"wave.redacted.{format}");
        foreach (var number in (int[])[0, 3])
            (await TestFilm.PictureAsync(bytes, number)).Detail(FilesPage.Face).ShouldBeLessThan(FilesPage.Original.Detail(FilesPage.Face) / 2, $"picture {number}");
        await page.Page.UncheckAsync("#review-first");
        page.Watched.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_that_a_program_sent_is_reviewed_on_the_page_and_stays_when_it_leaves_the_list()
    {
        using var client = new HttpClient { BaseAddress = new Uri(fixture.Server.Address) };
        using var sent = await client.PostAsync("/api/jobs?name=theirs.png&review=true", new ByteArrayContent(await File.ReadAllBytesAsync(Portrait.Path, Cancel)), Cancel);
        sent.StatusCode.ShouldBe(HttpStatusCode.Created);
        var id = (await sent.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString();
        await using var page = await FilesPage.OpenAsync(fixture);
        await page.Page.ClickAsync("#server-jobs-first");
        await page.Page.ClickAsync(".server-jobs button[aria-label='Open theirs.png']");
        await ReviewedAsync(page);
        await page.Page.ClickAsync(".tracks li:last-child .look");
        await page.Page.ClickAsync("#film button:has-text('All but this one')");
        await page.Watched.UntilAsync("document.querySelector('.tracks li:last-child.kept')");
        FilesPage.Change(FilesPage.Read((await WriteAsync(page, "Write the picture")).Bytes), FilesPage.Face).ShouldBeLessThan(Same);

        await page.Page.ClickAsync("#items .danger");
        await page.Watched.UntilAsync("!document.querySelector('#empty').hidden");
        (await client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}", Cancel)).GetProperty("state").GetString().ShouldBe("done");
        await page.Page.GotoAsync($"{fixture.Server.Address}/files?job={id}");
        await page.Page.Locator("#film button:has-text('Download')").WaitForAsync(new() { Timeout = Patience });
        await page.Watched.UntilAsync("document.querySelector('#items .name').textContent === 'theirs.png' && location.search === ''");
        page.Watched.Complaints.ShouldBeEmpty();
    }

    /// <summary>Waits until what is open waits for its review, and its review is on show.</summary>
    private static async Task ReviewedAsync(FilesPage page)
    {
        await page.Page.Locator(".tracks li").First.WaitForAsync(new() { Timeout = Patience });
        await page.Watched.UntilAsync("document.querySelector('.film-picture').width === 512");
    }

    private static async Task<Snapshot> PreviewAsync(FilesPage page)
    {
        await page.Watched.UntilAsync("document.querySelector('.film-player').getAttribute('aria-busy') === 'false'");
        var base64 = await page.Page.EvaluateAsync<string>("document.querySelector('.film-picture').toDataURL('image/png').split(',')[1]");
        return FilesPage.Read(Convert.FromBase64String(base64));
    }

    private static async Task DragAsync(FilesPage page, (double X, double Y, double Width, double Height) box)
    {
        var stage = (await page.Page.Locator(".film-lines").BoundingBoxAsync()).ShouldNotBeNull();
        var side = Math.Min(stage.Width, stage.Height);
        (float X, float Y) Place(double x, double y) => ((float)(stage.X + (stage.Width - side) / 2 + x * side), (float)(stage.Y + (stage.Height - side) / 2 + y * side));
        var (left, top) = Place(box.X, box.Y);
        var (right, bottom) = Place(box.X + box.Width, box.Y + box.Height);
        await page.Page.Mouse.MoveAsync(left, top);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(right, bottom, new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();
    }

    private static async Task<(string Name, byte[] Bytes)> WriteAsync(FilesPage page, string button)
    {
        await page.Page.ClickAsync($"#film button:has-text('{button}')");
        await page.Watched.UntilAsync("!document.querySelector('#film button.primary')?.textContent.includes('Download')");
        await page.Page.Locator("#film button:has-text('Download')").WaitForAsync(new() { Timeout = Patience });
        return await page.DownloadAsync(() => page.Page.ClickAsync("#film button:has-text('Download')"));
    }
}
