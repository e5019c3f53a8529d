using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>What several tests do on the studio page.</summary>
internal static class StudioSteps
{
    /// <summary>Draws a zone on the left of the picture.</summary>
    public static async Task DrawZoneAsync(WatchedPage page)
    {
        await page.Page.ClickAsync("#draw-zone");
        // Clicking may have scrolled the page, and the mouse below goes by what is in view.
        await page.Page.EvaluateAsync("scrollTo(0, 0)");
        var box = (await page.Page.Locator("#overlay").BoundingBoxAsync()).ShouldNotBeNull();
        await page.Page.Mouse.MoveAsync(box.X + box.Width * 0.05f, box.Y + box.Height * 0.2f);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + box.Width * 0.2f, box.Y + box.Height * 0.6f, new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();
    }
}
