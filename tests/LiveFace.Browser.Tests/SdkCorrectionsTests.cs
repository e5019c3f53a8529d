using System.Net.Http.Json;
using System.Text.Json;
using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>Corrections and feedback by the SDK, from a page that is none of ours.</summary>
public class SdkCorrectionsTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_correction_goes_without_its_files_name_and_is_withdrawn_by_its_link()
    {
        await using var page = await fixture.Chromium.OpenAsync($"{fixture.Server.Address}/favicon.svg");
        var sent = await page.Page.EvaluateAsync<JsonElement>("""
            async (base64) => {
              const { Client } = await import('/liveface.js');
              const names = [];
              const { fetch } = window;
              window.fetch = (address, options) => {
                if (options.body instanceof FormData) names.push(options.body.get('picture').name);
                return fetch(address, options);
              };
              const client = window.client = new Client();
              const terms = await client.correctionTerms();
              const picture = new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], 'the name of somebody.png', { type: 'image/png' });
              const receipt = await client.sendCorrection(picture, { keepDays: terms.keepDays, drawn: [{ class: 'face', box: { x: 0.3, y: 0.1, width: 0.25, height: 0.3 } }] });
              const { id } = await client.sendFeedback({ thumb: 'down', words: 'It missed one.', correction: receipt.id });
              return { terms, receipt, names, feedback: id };
            }
            """, Convert.ToBase64String(await File.ReadAllBytesAsync(Portrait.Path, Cancel)));
        sent.GetProperty("terms").GetProperty("enabled").GetBoolean().ShouldBeTrue();
        sent.GetProperty("names").EnumerateArray().Select(name => name.GetString()).ShouldBe(["picture"]);
        var id = sent.GetProperty("receipt").GetProperty("id").GetString();
        using var http = new HttpClient { BaseAddress = new Uri(fixture.Server.Address) };
        var kept = await http.GetFromJsonAsync<JsonElement>($"/api/corrections/{id}", Cancel);
        kept.GetProperty("drawn")[0].GetProperty("class").GetString().ShouldBe("face");
        (await TotalAsync(http, "feedback")).ShouldBe(1);

        var gone = await page.Page.EvaluateAsync<JsonElement>("link => window.client.withdrawCorrection(link)", sent.GetProperty("receipt").GetProperty("withdraw").GetString());
        gone.GetProperty("id").GetString().ShouldBe(id);
        (await TotalAsync(http, "corrections"), await TotalAsync(http, "feedback")).ShouldBe((0, 0));
        (await page.Page.EvaluateAsync<string>("link => window.client.withdrawCorrection(link).catch((error) => error.code)", sent.GetProperty("receipt").GetProperty("withdraw").GetString()))
            .ShouldBe("not-found");
    }

    private static async Task<int> TotalAsync(HttpClient http, string what) =>
        (await http.GetFromJsonAsync<JsonElement>($"/api/{what}", Cancel)).GetProperty("total").GetInt32();
}
