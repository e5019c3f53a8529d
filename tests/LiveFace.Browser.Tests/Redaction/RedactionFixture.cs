using LiveFace.Browser.Tests.Fixtures;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>One clip, one browser and one server for the tests of what is hidden.</summary>
public sealed class RedactionFixture : IAsyncLifetime
{
    internal NumberedClip Clip { get; private set; } = null!;

    internal ChromiumBrowser Chromium { get; private set; } = null!;

    internal InProcessServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Clip = await NumberedClip.MakeAsync();
        Server = await InProcessServer.StartAsync();
        Chromium = await ChromiumBrowser.StartAsync(Clip.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await Chromium.DisposeAsync();
        await Server.DisposeAsync();
        File.Delete(Clip.Path);
    }
}
