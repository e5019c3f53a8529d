using System.Net.Http.Headers;
using System.Text.Json;
using LiveFace.Browser.Tests.Fixtures;
using Microsoft.Playwright;

namespace LiveFace.Browser.Tests;

/// <summary>How many presses it takes somebody new from the server's address to a group's picture in which nobody is seen.</summary>
public class NewcomerClicksTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    private const int Most = 8;

    // In the system's own dialog: the picture, and "Open".
    private const int InTheDialog = 2;

    private const int Width = 1024, Height = 640;

    /// <summary>Two people in front of a wall with a picture of a shuttle on it, by which one would know them: no face model finds it.</summary>
    private const string Group = "[0:v]split=3[a][b][c];[b]hflip[mirrored];[c]crop=128:128:352:150,scale=32:32[shuttle];[a][mirrored]hstack,pad=1024:640:0:128:0xb0b4b8[wall];[wall][shuttle]overlay=600:60";

    private static readonly (double X, double Y, double Width, double Height) Shuttle = Part(604, 62, 24, 28), First = Part(184, 220, 82, 82), Second = Part(758, 220, 82, 82);

    [Fact]
    public async Task A_group_is_hidden_with_one_thing_drawn_that_no_model_finds_and_downloaded_in_a_few_presses()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-group-");
        try
        {
            var file = Path.Combine(folder.FullName, "group.png");
            await TestFilm.FfmpegAsync("-i", Portrait.Path, "-filter_complex", Group, "-frames:v", "1", file);
            var before = FilesPage.Read(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            (await HighestFindAsync(file)).ShouldBeGreaterThan(Shuttle.Y + Shuttle.Height, "what hangs on the wall is missed");
            var (after, presses) = await HideAsync(file);
            foreach (var face in (ReadOnlySpan<(double, double, double, double)>)[First, Second, Shuttle])
                after.Detail(face).ShouldBeLessThan(before.Detail(face) / 2);
            presses.ShouldBe(4, "Files, Choose files, what was missed, Download");
            (presses + InTheDialog).ShouldBeLessThanOrEqualTo(Most);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<(Snapshot Result, int Presses)> HideAsync(string file)
    {
        await using var page = new FilesPage(await fixture.Chromium.OpenAsync("about:blank"));
        var presses = 0;
        await page.Page.ExposeFunctionAsync("pressed", () => Interlocked.Increment(ref presses));
        await page.Page.AddInitScriptAsync("addEventListener('pointerdown', (event) => { if (event.isTrusted) window.pressed(); }, true);");
        // Listened for early: a dialog that opens before the browser knows of a listener is nobody's.
        var chosen = new TaskCompletionSource<IFileChooser>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Page.FileChooser += (_, chooser) => chosen.TrySetResult(chooser);

        await page.Page.GotoAsync(fixture.Server.Address);
        await page.Page.ClickAsync("header a:has-text('Files')");
        await page.Watched.UntilAsync("document.querySelector('#what')?.childElementCount > 0");
        await page.Page.ClickAsync("#choose");
        await (await chosen.Task.WaitAsync(WatchedPage.Patience, TestContext.Current.CancellationToken)).SetFilesAsync(file);
        await page.UntilDoneAsync();
        await DrawAsync(page.Page);
        await page.Watched.UntilAsync("document.querySelectorAll('#drawn li').length === 1");
        await page.UntilDoneAsync();
        var result = await page.ResultAsync();
        page.Watched.Complaints.ShouldBeEmpty();
        return (result, presses);
    }

    /// <summary>The upper edge of what is found highest in the picture.</summary>
    private async Task<double> HighestFindAsync(string file)
    {
        using var http = new HttpClient();
        using var picture = new ByteArrayContent(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var answer = await http.PostAsync($"{fixture.Server.Address}/api/detect", picture, TestContext.Current.CancellationToken);
        using var found = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return found.RootElement.GetProperty("objects").EnumerateArray().Min(one => one.GetProperty("box").GetProperty("y").GetDouble());
    }

    private static async Task DrawAsync(IPage page)
    {
        var stage = (await page.Locator("#lines").BoundingBoxAsync()).ShouldNotBeNull();
        var scale = Math.Min(stage.Width / Width, stage.Height / Height);
        var (left, top) = (stage.X + (stage.Width - Width * scale) / 2, stage.Y + (stage.Height - Height * scale) / 2);
        await page.Mouse.MoveAsync(left + 588 * scale, top + 48 * scale);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(left + 644 * scale, top + 104 * scale, new() { Steps = 4 });
        await page.Mouse.UpAsync();
    }

    private static (double X, double Y, double Width, double Height) Part(int x, int y, int width, int height) =>
        (x / (double)Width, y / (double)Height, width / (double)Width, height / (double)Height);
}
