using System.Text;
using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>A correction on its whole way: consent, sending, decision, export, withdrawal.</summary>
public class CorrectionsTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    private const string Position = "GPS 48.8584N 2.2945E";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private string[] Pictures => Directory.GetFiles(Path.Combine(fixture.Server.DataFolder, "corrections"));

    [Fact]
    public async Task Nothing_leaves_without_consent_what_is_sent_is_seen_decided_exported_and_gone_when_it_is_withdrawn()
    {
        await using var files = await FilesPage.OpenAsync(fixture);
        var sent = new List<string>();
        files.Page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/api/corrections", StringComparison.Ordinal))
                sent.Add(request.Method);
        };
        // A place that somebody's program wrote behind the picture.
        byte[] portrait = [.. await File.ReadAllBytesAsync(Portrait.Path, Cancel), .. Encoding.ASCII.GetBytes(Position)];
        await files.DropAsync(("me.png", "image/png", portrait));
        await files.DragAsync(FilesPage.Shuttle);
        await files.UntilDoneAsync();
        await files.Page.EvaluateAsync("""
            () => {
              const set = FormData.prototype.set;
              FormData.prototype.set = function (name, value, ...rest) {
                if (name === 'picture') value.arrayBuffer().then((bytes) => { window.sentPicture = new TextDecoder('latin1').decode(bytes); });
                return set.call(this, name, value, ...rest);
              };
            }
            """);

        // Looking at what would go sends nothing, nor does thinking better of it.
        await files.Page.ClickAsync("#send-corrections");
        await files.Watched.UntilAsync("document.querySelector('dialog[aria-labelledby=consent-title]').open && document.querySelector('.consent-picture').width === 512");
        (await files.Page.InnerTextAsync("dialog[aria-labelledby=consent-title]")).ShouldSatisfyAllConditions(
            words => words.ShouldContain("1 drawn by hand"), words => words.ShouldContain("90 days"), words => words.ShouldContain("no name of the file"));
        (await LineAsync(files, 0.76, 0.1)).ShouldBe((true, false), "The upper edge of what was drawn is in its colour.");
        await files.Page.ClickAsync("dialog[aria-labelledby=consent-title] button:has-text('Cancel')");
        await files.Watched.UntilAsync("!document.querySelector('dialog[aria-labelledby=consent-title]').open");
        (sent.Count, Pictures.Length).ShouldBe((0, 0));

        await files.Page.ClickAsync("#send-corrections");
        await files.Page.SelectOptionAsync("dialog[aria-labelledby=consent-title] select[aria-label='Drawn 1']", "other");
        await files.Page.ClickAsync("dialog[aria-labelledby=consent-title] button.primary");
        await files.Watched.UntilAsync("document.querySelector('#withdraw-link')?.value.includes('/withdraw#lfc_')");
        sent.ShouldBe(["POST"]);
        var left = await files.Page.EvaluateAsync<string>("window.sentPicture");
        (left.Length > 1000, left.Contains(Position, StringComparison.Ordinal)).ShouldBe((true, false), "pixels alone leave the browser");
        var picture = Pictures.ShouldHaveSingleItem();
        var id = Path.GetFileNameWithoutExtension(picture);
        // The kept picture is as it is: the face is in it.
        FilesPage.Change(FilesPage.Read(await File.ReadAllBytesAsync(picture, Cancel)), FilesPage.Face).ShouldBeLessThan(8);

        await SayAsync(files, "It took the shuttle for nothing.");
        await CorrectionSteps.DecideAsync(fixture, id);
        await files.Page.ReloadAsync();
        await files.Watched.UntilAsync("document.querySelector('#withdraw-link')?.value.includes('/withdraw#lfc_')");
        var link = await files.Page.InputValueAsync("#withdraw-link");
        await CorrectionSteps.WithdrawAsync(fixture, link);
        Pictures.ShouldBeEmpty();
        foreach (var file in Directory.GetFiles(fixture.Server.DataFolder, "liveface.db*"))
            (await ReadAsync(file)).ShouldSatisfyAllConditions(text => text.ShouldNotContain(id), text => text.ShouldNotContain("took the shuttle"));
        fixture.Server.Log.ShouldNotContain(link.Split('#')[1]);
        files.Watched.Complaints.ShouldBeEmpty();
    }

    private static async Task SayAsync(FilesPage files, string words)
    {
        await files.Page.ClickAsync("[data-thumb=down]");
        await files.Page.FillAsync("#say-words", words);
        await files.Page.ClickAsync(".say-form button");
        await files.Watched.UntilAsync("document.querySelector('#say [role=status]').textContent === 'Thank you.'");
    }

    /// <summary>Whether a place of the preview is in the colour of what was drawn, and a place beside it.</summary>
    private static async Task<(bool On, bool Beside)> LineAsync(FilesPage page, double x, double y)
    {
        var on = await page.Page.EvaluateAsync<bool[]>("""
            ([x, y]) => {
              const canvas = document.querySelector('.consent-picture');
              const blue = (row) => {
                const { data } = canvas.getContext('2d').getImageData(Math.round(x * canvas.width), row, 1, 1);
                return Math.abs(data[0] - 0x66) < 40 && Math.abs(data[1] - 0xb3) < 40 && data[2] > 200;
              };
              const at = Math.round(y * canvas.height);
              return [Array.from({ length: 25 }, (_, i) => at - 12 + i).some(blue), blue(at - 20)];
            }
            """, new[] { x, y });
        return (on[0], on[1]);
    }

    private static async Task<string> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, Cancel);
        return Encoding.Latin1.GetString(all.ToArray());
    }
}
