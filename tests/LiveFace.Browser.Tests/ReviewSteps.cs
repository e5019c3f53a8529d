using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests;

/// <summary>What a reviewer does with a film.</summary>
internal static class ReviewSteps
{
    // Work on the server that takes its time on a busy machine.
    public const float Patience = 180_000;

    public static async Task ReviewAsync(FilesPage page)
    {
        await page.Page.Locator("#film button:has-text('Download')").WaitForAsync(new() { Timeout = Patience });
        await page.Page.ClickAsync("#film button:has-text('Review and correct')");
        await page.Watched.UntilAsync("document.querySelector('.review') && !document.querySelector('.review').hidden && document.querySelector('.review [role=status]').textContent.includes('tracks')");
    }

    public static Task<int> CountAsync(FilesPage page) => page.Page.Locator(".tracks li").CountAsync();

    public static async Task GoAsync(FilesPage page, int number)
    {
        await page.Page.FillAsync(".film-slider", $"{number}");
        await page.Watched.UntilAsync($"document.querySelector('.film-time').textContent.startsWith('{number} ·')");
    }

    public static async Task DragAsync(FilesPage page, (double X, double Y, double Width, double Height) box)
    {
        var stage = (await page.Page.Locator(".film-lines").BoundingBoxAsync()).ShouldNotBeNull();
        var scale = Math.Min(stage.Width / 320, stage.Height / 240);
        (float X, float Y) Place(double x, double y) =>
            ((float)(stage.X + (stage.Width - 320 * scale) / 2 + x * 320 * scale), (float)(stage.Y + (stage.Height - 240 * scale) / 2 + y * 240 * scale));
        var (left, top) = Place(box.X, box.Y);
        var (right, bottom) = Place(box.X + box.Width, box.Y + box.Height);
        await page.Page.Mouse.MoveAsync(left, top);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(right, bottom, new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();
    }

    public static async Task<byte[]> WriteAsync(FilesPage page)
    {
        await page.Page.ClickAsync("#film button:has-text('Write the film')");
        await page.Watched.UntilAsync("!document.querySelector('#film button.primary')?.textContent.includes('Download')");
        await page.Page.Locator("#film button:has-text('Download')").WaitForAsync(new() { Timeout = Patience });
        return await DownloadAsync(page);
    }

    public static async Task<byte[]> DownloadAsync(FilesPage page) =>
        (await page.DownloadAsync(() => page.Page.ClickAsync("#film button:has-text('Download')"))).Bytes;
}
