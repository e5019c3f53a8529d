using System.Net;
using System.Net.Http.Json;
using LiveFace.Access;
using LiveFace.Tests.Jobs.Spread;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Shared;

/// <summary>Two servers that ask for keys, and the PostgreSQL that they share.</summary>
internal sealed class TwoServers : IAsyncDisposable
{
    private TwoServers(PostgresServer database, RunningServer a, RunningServer b)
    {
        (Database, A, B) = (database, a, b);
        Admin = A.ClientWith(A.MakeKey(Roles.Admin));
    }

    public PostgresServer Database { get; }

    public RunningServer A { get; }

    public RunningServer B { get; }

    /// <summary>An admin at A.</summary>
    public HttpClient Admin { get; }

    private const string Patient = "--Storage:StaleSeconds=60";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Rooms are scripted. A machine with much else to do makes nobody stale.</summary>
    public static Task<TwoServers> StartAsync(params string[] settings) => StartAsync(RunningServer.StartAsync, [Patient, .. settings]);

    /// <summary>With the rooms that servers have.</summary>
    public static Task<TwoServers> StartWholeAsync(params string[] settings) => StartAsync(RunningServer.StartWholeAsync, [Patient, .. settings]);

    public static string[] Settings(PostgresServer database) =>
        ["--Access:RequireKey=true", "--Access:RequestsPerMinute=100000", $"--Storage:Database={database.Connection}"];

    /// <summary>Makes a key at A and waits until B knows it.</summary>
    public async Task<(string Id, string Key)> MakeKeyAsync(params string[] roles)
    {
        var made = await (await Admin.PostAsJsonAsync("/api/keys", new { name = "made", roles }, Cancel)).JsonAsync();
        var key = made.GetProperty("key").GetString()!;
        await UntilAsync(B, key, HttpStatusCode.OK);
        return (made.GetProperty("id").GetString()!, key);
    }

    /// <summary>Asks a server for what needs any key at all.</summary>
    public static async Task<HttpResponseMessage> AskAsync(RunningServer server, string key)
    {
        using var client = server.ClientWith(key);
        return await client.GetAsync("/api/stickers", Cancel);
    }

    public static Task UntilAsync(RunningServer server, string key, HttpStatusCode status) => Eventually.IsAsync(async () =>
    {
        using var answer = await AskAsync(server, key);
        return answer.StatusCode == status;
    });

    public static async Task ShouldNotKnowAsync(RunningServer server, string key) =>
        await (await AskAsync(server, key)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "store-unreachable");

    public async Task DeleteAsync(string path)
    {
        using var answer = await Admin.DeleteAsync(path, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await A.DisposeAsync();
        await B.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static async Task<TwoServers> StartAsync(Func<string[], Task<RunningServer>> start, string[] settings)
    {
        var database = await PostgresServer.StartAsync();
        string[] all = [.. Settings(database), .. settings];
        return new TwoServers(database, await start(all), await start(all));
    }
}
