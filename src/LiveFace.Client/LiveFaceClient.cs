using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LiveFace.Client.Messages;

namespace LiveFace.Client;

/// <summary>A LiveFace server over HTTP, with one key. Safe for many threads.</summary>
public sealed class LiveFaceClient : IDisposable
{
    /// <summary>What anything but an upload takes at most until it is answered: a picture may wait for others.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(100);

    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private volatile Uri _server;

    /// <summary>A client for the server at an address, which may have a path; a server on one's own machine asks for no key.</summary>
    public LiveFaceClient(Uri server, string? key = null, HttpClient? http = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        _server = WithSlash(server);
        Key = key;
        (_http, _ownsHttp) = (http ?? new HttpClient { Timeout = Timeout.InfiniteTimeSpan }, http is null);
        Pictures = new PictureClient(this);
        People = new PeopleClient(this);
        Collections = new CollectionClient(this);
        Jobs = new JobClient(this);
    }

    /// <summary>Where the server is; another node of its cluster once the hub was told to go there.</summary>
    public Uri Server => _server;

    /// <summary>Pictures in, pictures and findings out.</summary>
    public PictureClient Pictures { get; }

    /// <summary>Films and pictures as work that lasts on the server.</summary>
    public JobClient Jobs { get; }

    /// <summary>People who agreed to be left alone.</summary>
    public PeopleClient People { get; }

    /// <summary>Things to be found again by how they look.</summary>
    public CollectionClient Collections { get; }

    internal string? Key { get; }

    /// <summary>The rooms that the key may view.</summary>
    public Task<IReadOnlyList<RoomState>> GetRoomsAsync(string? prefix = null, CancellationToken cancel = default) =>
        GetAsync("api/rooms" + Query.Of(("prefix", prefix)), ClientJson.Default.IReadOnlyListRoomState, cancel);

    /// <summary>A room's state, also of one that is not there.</summary>
    public Task<RoomState> GetRoomAsync(string room, CancellationToken cancel = default) =>
        GetAsync(RoomPath(room), ClientJson.Default.RoomState, cancel);

    /// <summary>Ends a room: every session in it is closed.</summary>
    public async Task EndRoomAsync(string room, CancellationToken cancel = default) =>
        (await SendAsync(new HttpRequestMessage(HttpMethod.Delete, At(RoomPath(room))), cancel).ConfigureAwait(false)).Dispose();

    /// <summary>What is hidden in a room, and how.</summary>
    public Task<RoomPolicy> GetPolicyAsync(string room, CancellationToken cancel = default) =>
        GetAsync(RoomPath(room) + "/policy", ClientJson.Default.RoomPolicy, cancel);

    /// <summary>Sets a room's policy; with a version only if that one still stands. Gives it as it stands now, raised to the floors.</summary>
    public async Task<RoomPolicy> SetPolicyAsync(string room, RoomPolicy policy, long? onlyIf = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var request = new HttpRequestMessage(HttpMethod.Put, At(RoomPath(room) + "/policy"))
        {
            Content = JsonContent.Create(policy with { Version = 0 }, ClientJson.Default.RoomPolicy),
        };
        if (onlyIf is { } version)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        return await ReadAsync(request, ClientJson.Default.RoomPolicy, cancel).ConfigureAwait(false);
    }

    /// <summary>Makes a link into a room.</summary>
    public Task<ShareLink> ShareAsync(string room, ShareRequest? request = null, CancellationToken cancel = default) => ReadAsync(
        new HttpRequestMessage(HttpMethod.Post, At(RoomPath(room) + "/share"))
        {
            Content = JsonContent.Create(request ?? new ShareRequest(), ClientJson.Default.ShareRequest),
        }, ClientJson.Default.ShareLink, cancel);

    /// <summary>Takes all links back that were made for a room.</summary>
    public async Task UnshareAsync(string room, CancellationToken cancel = default) =>
        (await SendAsync(new HttpRequestMessage(HttpMethod.Delete, At(RoomPath(room) + "/share")), cancel).ConfigureAwait(false)).Dispose();

    /// <summary>The models of the server.</summary>
    public Task<IReadOnlyList<ModelInfo>> GetModelsAsync(CancellationToken cancel = default) =>
        GetAsync("api/models", ClientJson.Default.IReadOnlyListModelInfo, cancel);

    /// <summary>Says what somebody thinks of a result.</summary>
    public Task<FeedbackInfo> SendFeedbackAsync(NewFeedback feedback, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(feedback);
        return ReadAsync(
            new HttpRequestMessage(HttpMethod.Post, At("api/feedback")) { Content = JsonContent.Create(feedback, ClientJson.Default.NewFeedback) },
            ClientJson.Default.FeedbackInfo, cancel);
    }

    /// <summary>Opens the hub: detections, policies and states as they come.</summary>
    public Task<LiveFaceHub> ConnectAsync(CancellationToken cancel = default) => LiveFaceHub.ConnectAsync(this, cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsHttp)
            _http.Dispose();
    }

    internal Uri At(string path) => new(Server, path);

    internal void MoveTo(Uri server) => _server = WithSlash(server);

    internal async Task<T> ReadAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancel, bool isLong = false)
    {
        using var response = await SendAsync(request, cancel, isLong).ConfigureAwait(false);
        return await response.Content.ReadFromJsonAsync(type, cancel).ConfigureAwait(false)
            ?? throw new LiveFaceException("The server's answer is empty.");
    }

    /// <summary>
    /// Sends a request, which is used up by it; an answer that is no success is thrown. A long one takes as long as its body, where
    /// the HTTP client is not the caller's.
    /// </summary>
    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel, bool isLong = false)
    {
        using (request)
        {
            if (Key is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
            // Who is refused is told so before the body is sent (RFC 9110, 10.1.1); else the answer may be lost with the connection.
            request.Headers.ExpectContinue = request.Content is StreamContent or MultipartContent;
            var response = await AnswerAsync(request, isLong, cancel).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw await ProblemOfAsync(response, cancel).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, bool isLong, CancellationToken cancel)
    {
        if (isLong || !_ownsHttp)
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Longest);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException stopped) when (!cancel.IsCancellationRequested)
        {
            var late = new TimeoutException($"The server did not answer within {Longest.TotalSeconds} seconds.", stopped);
            throw new TaskCanceledException(late.Message, late);
        }
    }

    private static Uri WithSlash(Uri server) => server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/");

    private static string RoomPath(string room) => "api/rooms/" + Uri.EscapeDataString(room);

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancel) =>
        ReadAsync(new HttpRequestMessage(HttpMethod.Get, At(path)), type, cancel);

    private static async Task<LiveFaceException> ProblemOfAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        ProblemBody? problem = null;
        try
        {
            problem = await response.Content.ReadFromJsonAsync(ClientJson.Default.ProblemBody, cancel).ConfigureAwait(false);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            // A proxy's page, say: the status is all that there is.
        }

        return new LiveFaceException(
            problem?.Code ?? LiveFaceException.Unknown, problem?.Detail ?? problem?.Title ?? $"The server answered {(int)response.StatusCode}.", (int)response.StatusCode)
        {
            RetryAfter = response.Headers.RetryAfter?.Delta, CurrentVersion = problem?.CurrentVersion,
        };
    }
}
