using System.Net.Http.Headers;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Files;

/// <summary>A server with a net that sees red marks, and a picture with one.</summary>
public abstract class RemoveTestBase : IDisposable
{
    private protected const int Width = 120;
    private protected const int Height = 80;
    private protected static readonly byte[] Marked = TestPng.Of(Width, Height, (x, y) => y is >= 20 and < 40 ? MarkModels.Under(x + y) : (uint)(x + y) * 0x01010100u | 0xFF, ("tEXt", "Comment\0mine"u8.ToArray()));
    private protected readonly MarkModels _models = MarkModels.Red();
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _models.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<RunningServer> StartAsync(params string[] settings) => RunningServer.StartAsync([$"--Models:Folder={_models.Path}", .. settings]);

    private protected static async Task<HttpResponseMessage> PostAsync(HttpClient client, byte[] file, string type = "image/png", string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/watermark/remove");
        request.Content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        return await client.SendAsync(request, Cancel);
    }
}
