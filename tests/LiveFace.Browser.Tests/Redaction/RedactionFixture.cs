using LiveFace.Browser.Tests.Fixtures;
using LiveFace.Redaction.Policy;

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

    /// <summary>A page that sends the clip into a room under a policy, and gets it back.</summary>
    internal async Task<CallPage> CallAsync(string room, RedactionPolicy policy)
    {
        var call = await CallPage.OpenAsync(Chromium, Server.Address);
        await call.StartAsync(room, policy);
        return call;
    }

    public async ValueTask DisposeAsync()
    {
        await Chromium.DisposeAsync();
        await Server.DisposeAsync();
        File.Delete(Clip.Path);
    }
}
