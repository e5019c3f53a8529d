using System.Net.Http.Headers;

namespace LiveFace.Tests.Stickers;

/// <summary>Puts stickers up.</summary>
internal static class StickerCalls
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<HttpResponseMessage> PutAsync(HttpClient client, string name, byte[] file, string type = "image/png")
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        return await client.PutAsync($"/api/stickers/{name}", content, Cancel);
    }
}
