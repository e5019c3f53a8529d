using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace LiveFace.Tests.Files;

/// <summary>Calls of the detect endpoint, and its answers.</summary>
internal static class DetectCalls
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<JsonDocument> DetectAsync(HttpClient client, string address, byte[] file, string type = "image/png")
    {
        using var answer = await PostAsync(client, address, file, type);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return JsonDocument.Parse(text);
    }

    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, string address, byte[] file, string type = "image/png")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
            // What is refused by its length is refused before it is sent.
            Headers = { ExpectContinue = true },
        };
        return await client.SendAsync(request, Cancel);
    }

    public static JsonElement[] Objects(JsonDocument found) => [.. found.RootElement.GetProperty("objects").EnumerateArray()];
}
