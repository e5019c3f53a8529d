using Microsoft.Playwright;

namespace LiveFace.Browser.Tests.Fixtures;

/// <summary>Debian's Chromium, headless, with a clip for its camera.</summary>
internal sealed class ChromiumBrowser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private ChromiumBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<ChromiumBrowser> StartAsync(string clip, bool grantCamera = true)
    {
        var playwright = await Playwright.CreateAsync();
        List<string> arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--use-fake-device-for-media-stream",
            $"--use-file-for-fake-video-capture={clip}", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
            "--disable-features=WebRtcHideLocalIpsWithMdns",
        ];
        if (grantCamera)
            arguments.Add("--use-fake-ui-for-media-stream");
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Headless = true,
            Args = arguments,
        });
        return new ChromiumBrowser(playwright, browser);
    }

    /// <summary>A page in a profile of its own, whose complaints are written down.</summary>
    public async Task<WatchedPage> OpenAsync(string address, ViewportSize? viewport = null, string[]? permissions = null)
    {
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = viewport ?? new() { Width = 1366, Height = 860 },
            Permissions = permissions ?? ["camera", "microphone", "clipboard-read", "clipboard-write"],
        });
        var page = new WatchedPage(await context.NewPageAsync());
        await page.Page.GotoAsync(address);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }
}
