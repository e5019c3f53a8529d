using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveFace.Tests.Serving;

/// <summary>Somebody else's HTTP server on a free port, which answers as a test says.</summary>
internal sealed class OtherServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _gone;

    private OtherServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<OtherServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => answer(context));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new OtherServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        if (_gone)
            return;
        _gone = true;
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
