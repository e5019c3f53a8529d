using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>Each page by axe-core's rules, on a desk and on a phone, in dark and in light.</summary>
public class AccessibilityTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    [Theory]
    [InlineData("/", "light")]
    [InlineData("/", "dark")]
    [InlineData("/view/axe", "dark")]
    [InlineData("/meet/axe", "light")]
    [InlineData("/meet/axe", "dark")]
    [InlineData("/files", "light")]
    [InlineData("/files", "dark")]
    [InlineData("/watermark", "light")]
    [InlineData("/watermark", "dark")]
    [InlineData("/withdraw#lfc_none", "light")]
    [InlineData("/withdraw", "dark")]
    public async Task A_page_has_no_serious_accessibility_fault(string path, string theme)
    {
        await using var page = await fixture.Chromium.OpenAsync(fixture.Server.Address + path);
        await page.Page.EvaluateAsync("for (const one of document.querySelectorAll('details')) one.open = true;");
        if (path == "/")
            await page.UntilAsync("document.querySelectorAll('.preset').length >= 5 && document.querySelectorAll('#rules li').length > 0");
        (await Axe.SeriousFaultsAsync(page.Page, theme)).ShouldBeEmpty();
    }

    /// <summary>What reaches beyond the right edge, by name.</summary>
    private const string Wider = """
        document.documentElement.scrollWidth <= 375 ? [] : [...document.querySelectorAll('body *')]
            .filter((one) => one.getBoundingClientRect().right > 375.5)
            .map((one) => `${one.tagName}#${one.id}.${one.className} to ${one.getBoundingClientRect().right}: ${one.textContent.slice(0, 60)}`)
        """;

    [Theory]
    [InlineData("/")]
    [InlineData("/meet/phone")]
    [InlineData("/files")]
    [InlineData("/watermark")]
    [InlineData("/withdraw#lfc_none")]
    public async Task A_page_fits_a_phone(string path)
    {
        await using var page = await fixture.Chromium.OpenAsync(fixture.Server.Address + path, new() { Width = 375, Height = 740 });
        await page.UntilAsync("document.readyState === 'complete'");
        (await page.Page.EvaluateAsync<string[]>(Wider)).ShouldBeEmpty();
        (await page.Page.Locator(path switch { "/" => "#start", "/files" or "/watermark" => "#choose", "/withdraw#lfc_none" => "#withdraw", _ => "#name" }).BoundingBoxAsync()).ShouldNotBeNull().Width.ShouldBeGreaterThan(80);
    }

    [Fact]
    public async Task The_studio_is_usable_by_keyboard_alone()
    {
        await using var page = await fixture.Chromium.OpenAsync($"{fixture.Server.Address}/?room=keys");
        await page.UntilAsync("document.querySelectorAll('.preset').length >= 5");
        for (var presses = 0; presses < 20; presses++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Page.EvaluateAsync<string>("document.activeElement.id") == "start")
                break;
        }

        await page.Page.Keyboard.PressAsync("Enter");
        await page.UntilPlayingAsync("#result");
        page.Complaints.ShouldBeEmpty();
    }
}
