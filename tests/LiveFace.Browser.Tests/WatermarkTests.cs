using LiveFace.Browser.Tests.Fixtures;
using LiveFace.TestKit;

namespace LiveFace.Browser.Tests;

/// <summary>Both ways of the page for watermarks: a mark put on while it is chosen, and one taken off, by a net that takes red for a mark.</summary>
public sealed class WatermarkTests : IAsyncLifetime
{
    private const string Settled = "document.querySelector('#over').textContent === '' && !document.querySelector('#download').disabled";

    /// <summary>The colour of what an image shows at a part of its picture.</summary>
    private const string Colour = """
        ([id, x, y]) => {
          const image = document.querySelector(id);
          const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
          const context = canvas.getContext('2d');
          context.drawImage(image, 0, 0);
          return [...context.getImageData(Math.round(x * canvas.width), Math.round(y * canvas.height), 1, 1).data];
        }
        """;

    /// <summary>The finds of all corrections that the server keeps.</summary>
    private const string Kept = """
        async () => (await (await fetch('/api/corrections')).json()).corrections.flatMap(({ finds }) => finds)
          .map(({ model, said, box }) => [model, said, ...[box.x, box.y, box.width, box.height].map((part) => part.toFixed(2) * 1)].join(' ')).join()
        """;

    private static readonly byte[] Marked = TestPng.Of(300, 200, (x, y) => y < 60 && x is >= 60 and < 240 ? MarkModels.Under(80 + (x + y) / 8) : (uint)(80 + (x + y) / 8) * 0x01010100u | 0xFF);

    private readonly MarkModels _models = MarkModels.Red();
    private LiveFaceServer _server = null!;
    private ChromiumBrowser _chromium = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LiveFaceServer.StartAsync(("Models:Folder", _models.Path));
        _chromium = await ChromiumBrowser.StartAsync(await FakeCamera.SwayingPortraitAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _server.DisposeAsync();
        _models.Dispose();
    }

    [Fact]
    public async Task A_mark_is_seen_while_it_is_chosen_and_downloaded_on_the_whole_picture()
    {
        await using var page = await _chromium.OpenAsync($"{_server.Address}/watermark");
        await DropAsync(page, TestPng.Of(2400, 1200, 0x404040FF));
        await page.UntilAsync(Settled);
        (await page.Page.EvaluateAsync<int>("document.querySelector('#after').naturalWidth")).ShouldBe(1000, "the preview is small");
        await page.Page.SetInputFilesAsync("#mark-file", new Microsoft.Playwright.FilePayload { Name = "logo.png", MimeType = "image/png", Buffer = TestPng.Of(20, 20, 0xFFFFFFFF) });
        await page.Page.SelectOptionAsync("#place", "single");
        await page.Page.FillAsync("#opacity", "100");
        await page.Page.FillAsync("#size", "20");
        await page.UntilAsync($"{Settled} && ({Colour})(['#after', 0.5, 0.5])[0] > 250");
        // A fifth of the width, in the middle, and the ground beside it.
        (await ColourAsync(page, "#after", 0.41, 0.5))[0].ShouldBeGreaterThan(250);
        (await ColourAsync(page, "#after", 0.39, 0.5))[0].ShouldBeLessThan(70);
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.ClickAsync("#download"));
        download.SuggestedFilename.ShouldBe("me.marked.png");
        var file = FilesPage.Read(await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        (file.Width, file.Height).ShouldBe((2400, 1200));
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mark_is_taken_off_and_seen_beside_what_it_was()
    {
        await using var page = await _chromium.OpenAsync($"{_server.Address}/watermark", new() { Width = 390, Height = 800 });
        await DropAsync(page, Marked);
        await page.UntilAsync(Settled);
        await page.Page.ClickAsync("#way-off");
        (await page.Page.InnerTextAsync("#off")).ShouldContain("your own");
        await page.Page.ClickAsync("#take-off");
        await page.UntilAsync("document.querySelector('#found').textContent.includes('A mark over 18.0 %')");
        await page.UntilAsync(Settled);
        (await ColourAsync(page, "#before", 0.5, 0.1)).Take(2).ShouldBe([177, 50]);
        (await ColourAsync(page, "#after", 0.5, 0.1)).Take(3).ShouldAllBe(value => Math.Abs(value - 101) < 6);
        await page.Page.ClickAsync("#right-down");
        await page.UntilAsync("document.querySelector('#right-said').textContent === 'Thank you.' && document.querySelector('#right-down').disabled");
        (await page.Page.EvaluateAsync<string>("async () => (await (await fetch('/api/feedback')).json()).feedback.map(({ thumb, about }) => thumb + about).join()"))
            .ShouldBe("downwatermark");
        await page.Page.FillAsync("#split", "100");
        (await page.Page.EvaluateAsync<string>("document.querySelector('#after').style.clipPath")).ShouldContain("100%");
        await page.Page.ClickAsync("#show-mask");
        await page.UntilAsync("!document.querySelector('#mask').hidden && document.querySelector('#mask').naturalWidth === 300");
        (await ColourAsync(page, "#mask", 0.5, 0.1))[0].ShouldBeGreaterThan(250);
        (await ColourAsync(page, "#mask", 0.5, 0.9))[0].ShouldBeLessThan(5);
        foreach (var theme in (string[])["light", "dark"])
            (await Axe.SeriousFaultsAsync(page.Page, theme)).ShouldBeEmpty();
        (await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);

        await DropAsync(page, TestPng.Of(300, 200, 0x606060FF));
        await page.Page.ClickAsync("#take-off");
        await page.UntilAsync("document.querySelector('#found').textContent.includes('No mark was found')");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_picture_with_which_the_net_went_wrong_teaches_the_next_one_once_its_owner_agrees()
    {
        await using var page = await _chromium.OpenAsync($"{_server.Address}/watermark");
        await DropAsync(page, Marked);
        await page.Page.ClickAsync("#way-off");
        await page.Page.ClickAsync("#take-off");
        await page.UntilAsync("!document.querySelector('#right').hidden");
        (await page.Page.IsVisibleAsync("#teach")).ShouldBeFalse("nothing was said to be wrong");
        await page.Page.ClickAsync("#right-down");
        await page.Page.ClickAsync("#teach-none");
        await page.UntilAsync("document.querySelector('dialog.sheet').open && document.querySelector('.consent-picture').width === 300");
        (await page.Page.InnerTextAsync("dialog.sheet")).ShouldContain("1 found, but not there");
        (await KeptAsync(page)).ShouldBe("", "nothing goes before its owner agrees");
        (await Axe.SeriousFaultsAsync(page.Page, "light")).ShouldBeEmpty();

        await page.Page.ClickAsync("dialog.sheet button.primary");
        await page.UntilAsync("document.querySelector('#teach-link')?.value.includes('/withdraw#lfc_')");
        (await KeptAsync(page)).ShouldBe("watermark wrong 0.2 0 0.6 0.3");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_picture_is_said_in_words()
    {
        await using var page = await _chromium.OpenAsync($"{_server.Address}/watermark");
        await DropAsync(page, "no picture"u8.ToArray(), "notes.txt", "text/plain");
        await page.UntilAsync("document.querySelector('#problem').textContent.includes('notes.txt is none of JPEG')");
        await DropAsync(page, "no picture"u8.ToArray());
        await page.UntilAsync("document.querySelector('#problem').textContent.includes('cannot read the picture')");
    }

    private static Task<int[]> ColourAsync(WatchedPage page, string image, double x, double y) =>
        page.Page.EvaluateAsync<int[]>(Colour, new object[] { image, x, y });

    private static Task<string> KeptAsync(WatchedPage page) => page.Page.EvaluateAsync<string>(Kept);

    private static async Task DropAsync(WatchedPage page, byte[] picture, string name = "me.png", string type = "image/png") => await page.Page.EvaluateAsync(
        """
        ({ name, type, base64 }) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type }));
          dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true, bubbles: true }));
        }
        """,
        new { name, type, base64 = Convert.ToBase64String(picture) });
}
