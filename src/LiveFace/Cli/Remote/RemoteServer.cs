using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveFace.Films;

namespace LiveFace.Cli.Remote;

/// <summary>A server over HTTP, with a key. What it refuses is one sentence.</summary>
internal sealed class RemoteServer : IDisposable
{
    private readonly HttpClient _http;

    public RemoteServer(string address, string? key)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
            throw new FileRedactionException($"--server has to be an address such as https://faces.example, was {address}.");
        _http = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        if (!string.IsNullOrEmpty(key))
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <exception cref="FileRedactionException">It does not answer, or refuses.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancel, string? accept = null)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body };
            // Who is refused is told so before the body is sent (RFC 9110, 10.1.1); else the answer may be lost with the connection.
            request.Headers.ExpectContinue = body is StreamContent or MultipartContent;
            if (accept is not null)
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
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

    /// <summary>The JSON of an answer.</summary>
    public static async Task<JsonNode?> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        using (answer)
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel));
    }

    public void Dispose() => _http.Dispose();

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
}
