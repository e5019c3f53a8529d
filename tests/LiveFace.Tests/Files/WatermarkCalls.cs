using System.Net;
using System.Net.Http.Headers;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;

namespace LiveFace.Tests.Files;

/// <summary>Calls that put a mark on a picture.</summary>
internal static class WatermarkCalls
{
    public const int Side = 200;
    public static readonly byte[] Grey = TestPng.Of(Side, Side, 0x646464FF);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, string watermark, byte[]? mark = null, byte[]? picture = null)
    {
        using var form = new MultipartFormDataContent { { new StringContent(watermark), "watermark" } };
        if (mark is not null)
            form.Add(new ByteArrayContent(mark), "mark", "logo.png");
        form.Add(new ByteArrayContent(picture ?? Grey) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, "picture", "me.png");
        return await client.PostAsync("/api/watermark", form, Cancel);
    }

    public static async Task<byte[]> LumaAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
        using var pool = new FramePool(0);
        using var frame = ImageFile.Decode(await answer.Content.ReadAsByteArrayAsync(Cancel), pool);
        return Portrait.LumaOf(frame);
    }
}
