using System.Net.Http.Headers;
using System.Net.Http.Json;
using LiveFace.Client.Messages;

namespace LiveFace.Client;

/// <summary>
/// People who agreed to be left alone by rooms whose policy names them. The server keeps no picture of them, and has no call that
/// takes a face and gives a person.
/// </summary>
public sealed class PeopleClient
{
    private readonly LiveFaceClient _client;

    internal PeopleClient(LiveFaceClient client) => _client = client;

    /// <summary>Those whom one may name in a room's policy; without a room, which is for admins, all.</summary>
    public Task<IReadOnlyList<Person>> GetAsync(string? room = null, CancellationToken cancel = default) => _client.ReadAsync(
        new HttpRequestMessage(HttpMethod.Get, _client.At(room is null ? "api/people" : $"api/rooms/{Uri.EscapeDataString(room)}/people")), ClientJson.Default.IReadOnlyListPerson, cancel);

    /// <summary>
    /// Enrols somebody by three to eight pictures that show them alone, or takes new pictures of them. What the server does not
    /// take of the pictures is said of each.
    /// </summary>
    public Task<PersonReceipt> EnrolAsync(
        string id, IReadOnlyList<(Stream File, string ContentType)> pictures, PersonOrder agreed, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var form = new MultipartFormDataContent { { JsonContent.Create(agreed, ClientJson.Default.PersonOrder), "person" } };
        foreach (var (file, contentType) in pictures)
            form.Add(new StreamContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } }, "picture", "picture");
        return _client.ReadAsync(new HttpRequestMessage(HttpMethod.Put, At(id)) { Content = form }, ClientJson.Default.PersonReceipt, cancel);
    }

    /// <summary>Forgets somebody: in every room at once.</summary>
    public async Task RemoveAsync(string id, CancellationToken cancel = default) =>
        (await _client.SendAsync(new HttpRequestMessage(HttpMethod.Delete, At(id)), cancel).ConfigureAwait(false)).Dispose();

    private Uri At(string id) => _client.At("api/people/" + Uri.EscapeDataString(id));
}
