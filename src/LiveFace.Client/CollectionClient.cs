using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFace.Client.Messages;

namespace LiveFace.Client;

/// <summary>Things to be found again by how they look, and never people: pictures of faces and persons are refused.</summary>
public sealed class CollectionClient
{
    private readonly LiveFaceClient _client;

    internal CollectionClient(LiveFaceClient client) => _client = client;

    /// <summary>The collections of one's key.</summary>
    public Task<IReadOnlyList<Collection>> GetAsync(CancellationToken cancel = default) =>
        _client.ReadAsync(new HttpRequestMessage(HttpMethod.Get, _client.At("api/collections")), ClientJson.Default.IReadOnlyListCollection, cancel);

    /// <summary>Makes a collection of pictures, or of vectors of so many numbers.</summary>
    public Task<Collection> MakeAsync(string name, int? dimensions = null, CancellationToken cancel = default) => _client.ReadAsync(
        new HttpRequestMessage(HttpMethod.Put, At(name)) { Content = JsonContent.Create(new CollectionOrder(dimensions), ClientJson.Default.CollectionOrder) },
        ClientJson.Default.Collection, cancel);

    /// <summary>Deletes a collection with all that is in it.</summary>
    public Task DeleteAsync(string name, CancellationToken cancel = default) => SendAsync(HttpMethod.Delete, At(name), cancel);

    /// <summary>Adds up to a thousand items with their vectors, or replaces them.</summary>
    public Task<Collection> AddAsync(string name, IReadOnlyList<VectorItem> items, CancellationToken cancel = default) => _client.ReadAsync(
        new HttpRequestMessage(HttpMethod.Post, At(name, "/items")) { Content = JsonContent.Create(new VectorItems(items), ClientJson.Default.VectorItems) },
        ClientJson.Default.Collection, cancel);

    /// <summary>Adds the main object of a picture, which is not kept, or replaces it.</summary>
    public Task<CollectionItem> PutAsync(
        string name, string id, Stream picture, string contentType, JsonElement? metadata = null, CancellationToken cancel = default) => _client.ReadAsync(
        new HttpRequestMessage(HttpMethod.Put, At(name, $"/items/{Uri.EscapeDataString(id)}" + Query.Of(("metadata", metadata?.GetRawText())))) { Content = Picture(picture, contentType) },
        ClientJson.Default.CollectionItem, cancel);

    /// <summary>Deletes an item.</summary>
    public Task DeleteItemAsync(string name, string id, CancellationToken cancel = default) => SendAsync(HttpMethod.Delete, At(name, $"/items/{Uri.EscapeDataString(id)}"), cancel);

    /// <summary>The items nearest to a vector.</summary>
    public Task<Neighbours> SearchAsync(string name, VectorQuery query, CancellationToken cancel = default) => _client.ReadAsync(
        new HttpRequestMessage(HttpMethod.Post, At(name, "/search")) { Content = JsonContent.Create(query, ClientJson.Default.VectorQuery) },
        ClientJson.Default.Neighbours, cancel);

    /// <summary>The items nearest to the main object of a picture.</summary>
    public Task<Neighbours> SearchPictureAsync(
        string name, Stream picture, string contentType, int? count = null, JsonElement? filter = null, CancellationToken cancel = default) => _client.ReadAsync(
        new HttpRequestMessage(HttpMethod.Post, At(name, "/search" + Query.Of(("count", count?.ToString(CultureInfo.InvariantCulture)), ("filter", filter?.GetRawText()))))
        {
            Content = Picture(picture, contentType),
        }, ClientJson.Default.Neighbours, cancel);

    private static StreamContent Picture(Stream picture, string contentType) => new(picture) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };

    private async Task SendAsync(HttpMethod method, Uri address, CancellationToken cancel) =>
        (await _client.SendAsync(new HttpRequestMessage(method, address), cancel).ConfigureAwait(false)).Dispose();

    private Uri At(string name, string rest = "") => _client.At($"api/collections/{Uri.EscapeDataString(name)}{rest}");
}
