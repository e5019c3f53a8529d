using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveFace.Films;

namespace LiveFace.Cli.Remote;

/// <summary>A server with its jobs, over HTTP. What it refuses is one sentence.</summary>
internal sealed class JobServer : IDisposable
{
    private readonly HttpClient _http;

    public JobServer(string address, string? key)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
            throw new FileRedactionException($"--server has to be an address such as https://faces.example, was {address}.");
        _http = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        if (!string.IsNullOrEmpty(key))
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<JsonArray> ListAsync(CancellationToken cancel) => (JsonArray)(await ReadAsync(await SendAsync(HttpMethod.Get, "/api/jobs", null, cancel), cancel))!;

    public async Task<JsonObject> GetAsync(string id, CancellationToken cancel) => (JsonObject)(await ReadAsync(await SendAsync(HttpMethod.Get, PathOf(id), null, cancel), cancel))!;

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
        using var answer = await SendAsync(HttpMethod.Get, $"{PathOf(id)}/{what}", null, cancel);
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

    public void Dispose() => _http.Dispose();

    private static string PathOf(string id) => $"/api/jobs/{Uri.EscapeDataString(id)}";

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body };
            var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.IsSuccessStatusCode)
                return answer;
            using (answer)
                throw new FileRedactionException(await SentenceAsync(answer, cancel));
        }
        catch (HttpRequestException error)
        {
            throw new FileRedactionException($"{_http.BaseAddress} does not answer: {error.Message}", error);
        }
    }

    private static async Task<string> SentenceAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel));
            return $"{(string?)problem?["title"]} {(string?)problem?["detail"]}".Trim();
        }
        catch (JsonException)
        {
            return $"The server answered {(int)answer.StatusCode}.";
        }
    }

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        using (answer)
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel));
    }
}
