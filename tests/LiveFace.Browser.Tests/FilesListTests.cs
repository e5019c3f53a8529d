using System.IO.Compression;
using System.Text;
using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>The list of pictures: kept, downloaded, on a phone, and what is no picture.</summary>
public class FilesListTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    // What the colours of a picture differ by after its way through the server; what is hidden differs by far more.
    private const double Same = 4;

    private const double Hidden = 12;

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
