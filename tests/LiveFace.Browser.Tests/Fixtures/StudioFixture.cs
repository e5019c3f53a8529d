namespace LiveFace.Browser.Tests.Fixtures;

/// <summary>One server and one browser for all tests of a class; each test opens pages of its own.</summary>
public sealed class StudioFixture : IAsyncLifetime
{
    internal LiveFaceServer Server { get; private set; } = null!;

    internal ChromiumBrowser Chromium { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await LiveFaceServer.StartAsync();
        Chromium = await ChromiumBrowser.StartAsync(await FakeCamera.SwayingPortraitAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Chromium.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>A studio page with its camera started, its first redacted picture on show, and every panel open.</summary>
    internal async Task<WatchedPage> StartStudioAsync(string room)
    {
        var page = await Chromium.OpenAsync($"{Server.Address}/?room={room}");
        await page.Page.ClickAsync("#start");
        await page.UntilPlayingAsync("#result");
        await page.UntilPictureAsync("#result", "the scene, not a card", shot => shot.Mean((0.02, 0.1, 0.2, 0.6)).B > 90);
        await page.Page.EvaluateAsync("for (const panel of document.querySelectorAll('#rules-panel, #zones-panel')) panel.open = true");
        return page;
    }
}
