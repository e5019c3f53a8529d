using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>What somebody sees who comes to the studio for the first time.</summary>
public class StudioNewcomerTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    [Fact]
    public async Task There_are_presets_and_one_slider_and_all_else_is_one_press_away()
    {
        await using var page = await fixture.Chromium.OpenAsync($"{fixture.Server.Address}/?room=newcomer");
        await page.UntilAsync("document.querySelectorAll('.preset').length >= 5 && document.querySelectorAll('#rules li').length > 0");
        (await page.Page.Locator("aside.settings input:visible").CountAsync()).ShouldBe(1);
        (await page.Page.IsVisibleAsync("#rules li")).ShouldBeFalse();
        await page.Page.ClickAsync("#rules-panel summary");
        (await page.Page.IsVisibleAsync("#rules li")).ShouldBeTrue();

        await page.Page.FillAsync("#margin input", "70");
        await page.UntilAsync("fetch('/api/rooms/newcomer/policy').then((a) => a.json()).then((policy) => policy.rules.every((rule) => Math.abs(rule.how.padding - 0.7) < 0.001))");
        foreach (var link in (string[])["/files", "/meet/"])
            (await page.Page.Locator($"header a[href^='{link}']").CountAsync()).ShouldBe(1);
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_seen_has_a_small_picture_out_of_ones_own_camera_which_no_server_sends()
    {
        await using var page = await fixture.StartStudioAsync("small-pictures");
        // The portrait's face, and not what is shown of it to others: it has eyes and a mouth.
        await page.UntilAsync("""
            [...document.querySelectorAll('#seen canvas')].some((canvas) => {
              const { data } = canvas.getContext('2d').getImageData(8, 8, 28, 28);
              let sum = 0;
              for (let at = 0; at < data.length - 4; at += 4) sum += Math.abs(data[at + 1] - data[at + 5]);
              return canvas.getAttribute('aria-label').startsWith('face') && sum / (data.length / 4) > 4;
            })
            """);
        (await page.Page.EvaluateAsync<int>("performance.getEntriesByType('resource').filter((one) => one.initiatorType === 'img' && !one.name.includes('favicon')).length")).ShouldBe(0);
        page.Complaints.ShouldBeEmpty();
    }
}
