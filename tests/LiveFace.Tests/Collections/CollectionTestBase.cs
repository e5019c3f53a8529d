using System.Net.Http.Headers;
using System.Text;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Collections;

/// <summary>Calls of the collections of a server over a folder of its own.</summary>
public abstract class CollectionTestBase : IDisposable
{
    private protected readonly string _folder = Directory.CreateTempSubdirectory("liveface-collections-").FullName;
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected static Task<HttpResponseMessage> PutAsync(HttpClient client, string path, string json) =>
        client.PutAsync(path, new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")), Cancel);

    private protected static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string json) =>
        client.PostAsync(path, new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")), Cancel);

    private protected static async Task<string[]> SearchAsync(HttpClient client, string query)
    {
        using var answer = await PostAsync(client, "/api/collections/shop/search", query);
        return [.. (await answer.JsonAsync()).GetProperty("found").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
    }
}
