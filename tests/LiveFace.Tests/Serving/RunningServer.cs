using System.Net.Http.Headers;
using LiveFace.Access;
using LiveFace.Hosting;
using LiveFace.Rooms;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Serving;

/// <summary>The real server on a free port of 127.0.0.1, with a data folder of its own, and rooms that the test scripts.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private RunningServer(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
        Address = new Uri(app.Urls.First());
        Client = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public ScriptedRooms Rooms => (ScriptedRooms)Services.GetRequiredService<IRoomDirectory>();

    public KeyStore Keys => Services.GetRequiredService<KeyStore>();

    public static async Task<RunningServer> StartAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("liveface-test-").FullName;
        return await StartInAsync(folder, settings);
    }

    /// <summary>A server with the rooms that it has by itself.</summary>
    public static Task<RunningServer> StartWholeAsync(params string[] settings) => StartInAsync(
        Directory.CreateTempSubdirectory("liveface-test-").FullName,
        [$"--Models:Folder={RealModels.Catalogue.Folder}", "--Media:Sandbox=preferred", .. settings], rooms: null);

    public static Task<RunningServer> StartInAsync(string folder, params string[] settings) =>
        StartInAsync(folder, settings, new ScriptedRooms());

    private static async Task<RunningServer> StartInAsync(string folder, string[] settings, ScriptedRooms? rooms)
    {
        var app = WebServer.Build(
            ["--Listen=http://127.0.0.1:0", $"--Storage:Folder={folder}", "--Media:Port=0", "--Media:Bind:0=127.0.0.1",
                "--Logging:LogLevel:Default=Error", "--Media:Sandbox=off", "--Films:Workers=0", .. settings],
            builder =>
            {
                if (rooms is not null)
                    builder.Services.AddSingleton<IRoomDirectory>(rooms);
            });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningServer(app, folder);
    }

    /// <summary>A server that asks for keys, with one for an admin.</summary>
    public static Task<RunningServer> StartLockedAsync(params string[] settings) =>
        StartAsync(["--Access:RequireKey=true", .. settings]);

    public HttpClient ClientWith(string key) => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    public string MakeKey(Roles roles, string pattern = "*", DateTimeOffset? expires = null)
    {
        RoomPattern.TryParse(pattern, out var rooms).ShouldBeTrue();
        return Keys.Make("test", roles, rooms, expires).Key;
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
