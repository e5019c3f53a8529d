using System.Net.Http.Headers;

namespace LiveFace.Tests.Files;

/// <summary>Calls that redact a picture with marks.</summary>
internal static class MarkedCalls
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static ByteArrayContent Picture(string type) =>
        new(File.ReadAllBytes(Portrait.Path)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, string order, string query = "")
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(order), "redaction" },
            { Picture("image/png"), "picture", "me.png" },
        };
        return await client.PostAsync("/api/redact" + query, form, Cancel);
    }
}
