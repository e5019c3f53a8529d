using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace LiveFace.Cli.Remote;

/// <summary>A server with its jobs, over HTTP. What it refuses is one sentence.</summary>
internal sealed class JobServer : IDisposable
{
    /// <summary>A report for people, among what can be downloaded.</summary>
    public const string Pdf = "report.pdf";

    private readonly RemoteServer _server;

    public JobServer(string address, string? key) => _server = new RemoteServer(address, key);

    public async Task<JsonArray> ListAsync(CancellationToken cancel) => (JsonArray)(await ReadAsync(await SendAsync(HttpMethod.Get, "/api/jobs", null, cancel), cancel))!;

    public async Task<JsonObject> GetAsync(string id, CancellationToken cancel) => (JsonObject)(await ReadAsync(await SendAsync(HttpMethod.Get, PathOf(id), null, cancel), cancel))!;

    /// <summary>A job of a film that the server fetches itself.</summary>
    public async Task<JsonObject> FetchAsync(string address, string query, CancellationToken cancel) =>
        (JsonObject)(await ReadAsync(await SendAsync(HttpMethod.Post, $"/api/jobs?from={Uri.EscapeDataString(address)}&{query}", null, cancel), cancel))!;

    public async Task<JsonObject> AddAsync(string file, string query, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(file);
        using var body = new StreamContent(stream, 1 << 16) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        return (JsonObject)(await ReadAsync(await SendAsync(HttpMethod.Post, $"/api/jobs?{query}", body, cancel), cancel))!;
    }

    public async Task DeleteAsync(string id, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Delete, PathOf(id), null, cancel);
    }

    /// <summary>The job as it is, and on each change, until it has ended or waits for somebody.</summary>
    public async IAsyncEnumerable<JsonObject> WatchAsync(string id, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"{PathOf(id)}/events", null, cancel);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel));
        while (await lines.ReadLineAsync(cancel) is { } line)
        {
            if (!line.StartsWith("data: {", StringComparison.Ordinal))
                continue;
            var job = (JsonObject)JsonNode.Parse(line["data: ".Length..])!;
            yield return job;
            if ((string?)job["state"] is "done" or "failed" or "review" or "paused")
                yield break;
        }
    }

    /// <summary>Takes a file of a job; it has its name once it is whole.</summary>
    public async Task SaveAsync(string id, string what, Func<HttpResponseMessage, string> nameOf, CancellationToken cancel)
    {
        var (part, accept) = what == Pdf ? ("report", "application/pdf") : (what, null);
        using var answer = await SendAsync(HttpMethod.Get, $"{PathOf(id)}/{part}", null, cancel, accept);
        var path = nameOf(answer);
        try
        {
            await using (var file = File.Create(path + ".part"))
                await answer.Content.CopyToAsync(file, cancel);
            File.Move(path + ".part", path, overwrite: true);
        }
        finally
        {
            File.Delete(path + ".part");
        }
    }

    public void Dispose() => _server.Dispose();

    private static string PathOf(string id) => $"/api/jobs/{Uri.EscapeDataString(id)}";

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancel, string? accept = null) =>
        _server.SendAsync(method, path, body, cancel, accept);

    private static Task<JsonNode?> ReadAsync(HttpResponseMessage answer, CancellationToken cancel) => RemoteServer.ReadAsync(answer, cancel);
}
