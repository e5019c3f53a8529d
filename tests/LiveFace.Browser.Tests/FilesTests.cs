using System.IO.Compression;
using System.Text;
using LiveFace.Browser.Tests.Fixtures;
using Microsoft.Playwright;

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

    [Fact]
    public async Task The_list_survives_a_reload_and_all_of_it_comes_in_one_zip()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        var portrait = await File.ReadAllBytesAsync(Portrait.Path, TestContext.Current.CancellationToken);
        await page.DropAsync(("me.png", "image/png", portrait), ("me.png", "image/png", portrait), ("notes.txt", "text/plain", "no picture"u8.ToArray()));
        await page.Watched.UntilAsync("document.querySelector('#items li[data-state=failed] .state')?.textContent.includes('no JPEG, PNG or WebP')");
        await page.Watched.UntilAsync("document.querySelectorAll('#items li[data-state=done]').length === 2");
        await page.DragAsync(FilesPage.Shuttle);
        await page.UntilDoneAsync();

        await page.Page.ReloadAsync();
        await page.Watched.UntilAsync("document.querySelectorAll('#items li[data-state=done]').length === 2 && document.querySelectorAll('#drawn li').length === 1");
        var (name, bytes) = await page.DownloadAsync(() => page.Page.ClickAsync("#download-all"));
        name.ShouldBe("redacted.zip");
        await using var zip = new ZipArchive(new MemoryStream(bytes));
        zip.Entries.Select(entry => entry.FullName).ShouldBe(["me.redacted.png", "me.redacted (2).png"]);
        foreach (var entry in zip.Entries)
        {
            await using var stream = await entry.OpenAsync(TestContext.Current.CancellationToken);
            using var file = new MemoryStream();
            await stream.CopyToAsync(file, TestContext.Current.CancellationToken);
            entry.Crc32.ShouldBe(Crc32Of(file.ToArray()));
            FilesPage.Change(FilesPage.Read(file.ToArray()), FilesPage.Face).ShouldBeGreaterThan(Hidden);
        }

        await page.Page.ClickAsync("#clear");
        await page.Watched.UntilAsync("!document.querySelector('#empty').hidden");
        await page.Page.ReloadAsync();
        await page.Watched.UntilAsync("document.querySelector('#what').childElementCount > 0 && !document.querySelector('#empty').hidden");
        page.Watched.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_broken_picture_says_what_is_wrong_and_a_pasted_one_is_taken()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        await page.DropAsync(("broken.png", "image/png", Encoding.ASCII.GetBytes("not a picture")));
        await page.Watched.UntilAsync("!document.querySelector('#failed').hidden && document.querySelector('#failed-words').textContent.length > 20");
        await page.Page.EvaluateAsync(
            """
            async () => {
              const canvas = new OffscreenCanvas(64, 64);
              canvas.getContext('2d').fillRect(0, 0, 64, 64);
              const data = new DataTransfer();
              data.items.add(new File([await canvas.convertToBlob()], 'image.png', { type: 'image/png' }));
              dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }));
            }
            """);
        await page.Watched.UntilAsync("document.querySelectorAll('#items li[data-state=done]').length === 1");
        // The server's refusal of what is no picture is an error in the browser's console, and the only one.
        page.Watched.Complaints.ShouldAllBe(complaint => complaint.Contains("400", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_fits_a_phone_and_works_there()
    {
        await using var page = await FilesPage.OpenAsync(fixture, new() { Width = 390, Height = 800 });
        await page.DropPortraitAsync();
        await page.UntilDoneAsync();
        (await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        await page.Page.Locator("#lines").ScrollIntoViewIfNeededAsync();
        await page.DragAsync(FilesPage.Shuttle);
        await page.UntilDoneAsync();
        FilesPage.Change(await page.ResultAsync(), (0.7, 0.16, 0.12, 0.13)).ShouldBeGreaterThan(Same);
        page.Watched.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_serious_is_wrong_with_it_for_assistive_technology_while_a_picture_is_open()
    {
        await using var page = await FilesPage.OpenAsync(fixture);
        await page.DropPortraitAsync();
        await page.DragAsync(FilesPage.Shuttle);
        await page.UntilDoneAsync();
        await page.Page.EvaluateAsync("for (const one of document.querySelectorAll('details')) one.open = true; document.querySelector('#show-keys').click();");
        foreach (var theme in (string[])["light", "dark"])
            (await Axe.SeriousFaultsAsync(page.Page, theme)).ShouldBeEmpty();
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

    /// <summary>CRC-32 bit by bit (ISO 3309).</summary>
    private static uint Crc32Of(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) != 0 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1;
        }

        return ~sum;
    }
}
