using LiveFace.Browser.Tests.Fixtures;
using LiveFace.Hosting;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>The whole server inside the test's process, with a shelf of detectors that a test can spoil.</summary>
internal sealed class InProcessServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private InProcessServer(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
        Address = app.Urls.First();
    }

    public string Address { get; }

    public FaultyShelf Shelf => (FaultyShelf)_app.Services.GetRequiredService<IDetectorShelf>();

    public IRoomDirectory Rooms => _app.Services.GetRequiredService<IRoomDirectory>();

    public static async Task<InProcessServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-").FullName;
        var app = WebServer.Build(
            [
                "--Listen=http://127.0.0.1:0", $"--Storage:Folder={folder}", "--Media:Port=0", "--Media:Bind:0=127.0.0.1",
                $"--Models:Folder={Path.Combine(Repository.Root, "models")}", "--Logging:LogLevel:Default=Error",
                "--Access:RequestsPerMinute=6000", "--Rooms:FullAt=1",
            ],
            builder => builder.Services.AddSingleton<IDetectorShelf>(s => new FaultyShelf(s.GetRequiredService<DetectorShelf>())));
        await app.StartAsync();
        return new InProcessServer(app, folder);
    }

    public async ValueTask DisposeAsync()
    {
        Shelf.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
