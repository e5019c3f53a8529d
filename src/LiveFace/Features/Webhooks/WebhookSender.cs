using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveFace.Http;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Webhooks;

/// <summary>Tells another server something, signed, so that it knows who tells it.</summary>
internal sealed class WebhookSender(IOptions<WebhookOptions> options, TimeProvider time) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMilliseconds(options.Value.TimeoutMs) };

    /// <summary>Whether anybody is to be told.</summary>
    public bool IsOn => options.Value.Url.Length > 0;

    /// <summary>Tells it once; gives what went wrong, or null.</summary>
    public async Task<string?> TrySendAsync<T>(T told, CancellationToken stopping)
    {
        try
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(told, ApiJson.Options);
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Url) { Content = content };
            request.Headers.Add("LiveFace-Signature", Sign(body));
            using var response = await _http.SendAsync(request, stopping);
            return response.IsSuccessStatusCode ? null : $"it answered {(int)response.StatusCode}";
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return e.Message;
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary><c>t=seconds,v1=HMAC-SHA-256 of "seconds.body" in hexadecimal</c>.</summary>
    private string Sign(byte[] body)
    {
        var seconds = time.GetUtcNow().ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{seconds}."), .. body];
        return $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Value.Secret), signed))}";
    }
}
