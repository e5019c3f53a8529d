using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>What others do with a correction: a reviewer decides on it, and whoever has its link withdraws it.</summary>
internal static class CorrectionSteps
{
    public static async Task DecideAsync(StudioFixture fixture, string id)
    {
        await using var admin = await fixture.Chromium.OpenAsync($"{fixture.Server.Address}/admin");
        var card = $".card[data-id='{id}']";
        await admin.UntilAsync($"document.querySelector(\"{card} .look-at\") !== null");
        await admin.Page.ClickAsync($"{card} .look-at");
        await admin.UntilAsync($"document.querySelector(\"{card} canvas\").dataset.seen === 'true'");
        await admin.Page.ClickAsync($"{card} .accept");
        // It is no longer among those that wait.
        await admin.UntilAsync($"document.querySelector(\"{card}\") === null");
        await admin.Page.SelectOptionAsync(".filters select >> nth=0", "accepted");
        await admin.UntilAsync($"document.querySelector(\"{card}\")?.dataset.state === 'accepted'");

        var download = await admin.Page.RunAndWaitForDownloadAsync(() => admin.Page.ClickAsync("button:has-text('Export as COCO')"));
        await using var zip = new ZipArchive(File.OpenRead(await download.PathAsync()));
        zip.Entries.ShouldContain(entry => entry.Name == $"{id}.jpg");
        var part = zip.Entries.Single(entry => entry.Name == $"{id}.jpg").FullName.Split('/')[0];
        using var coco = await JsonDocument.ParseAsync(await zip.GetEntry($"annotations/{part}.json").ShouldNotBeNull().OpenAsync(TestContext.Current.CancellationToken), default, TestContext.Current.CancellationToken);
        coco.RootElement.GetProperty("annotations").EnumerateArray().Where(one => one.GetProperty("by").GetString() == "hand").ShouldHaveSingleItem()
            .GetProperty("bbox").EnumerateArray().Zip([0.66, 0.1, 0.2, 0.25]).ShouldAllBe(side => Math.Abs(side.First.GetDouble() / 512 - side.Second) < 0.02);

        await admin.Page.ClickAsync("[data-section=feedback]");
        await admin.UntilAsync("document.querySelector('#section table')?.textContent.includes('took the shuttle')");
        admin.Complaints.ShouldBeEmpty();
    }

    public static async Task WithdrawAsync(StudioFixture fixture, string link)
    {
        // Another browser: the link alone does it.
        await using var page = await fixture.Chromium.OpenAsync(link);
        await page.UntilAsync("!document.querySelector('#one').hidden && location.hash === ''");
        await page.Page.ClickAsync("#withdraw");
        await page.UntilAsync("document.querySelector('#status').textContent.includes('It is gone from this server. It had been taken out to train models once')");
        page.Complaints.ShouldBeEmpty();
        using var http = new HttpClient();
        (await http.GetFromJsonAsync<JsonElement>($"{fixture.Server.Address}/api/corrections", TestContext.Current.CancellationToken)).GetProperty("corrections").EnumerateArray()
            .ShouldNotContain(one => link.Contains(one.GetProperty("id").GetString()!, StringComparison.Ordinal));
        (await http.GetFromJsonAsync<JsonElement>($"{fixture.Server.Address}/api/feedback?worded=true", TestContext.Current.CancellationToken)).GetProperty("total").GetInt32().ShouldBe(0);
    }
}
