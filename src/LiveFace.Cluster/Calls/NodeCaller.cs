using System.Net;

namespace LiveFace.Cluster.Calls;

/// <summary>
/// Calls other nodes: HTTP/2, one connection a node, each call signed, both ends with their certificates where there are some. A node
/// that died without a word is noticed within seconds, also under a call that goes on for hours.
/// </summary>
public sealed class NodeCaller : IDisposable
{
    private readonly NodeSignature _signature;
    private readonly HttpClient _http;

    /// <summary>Nothing is connected before the first call.</summary>
    public NodeCaller(string node, NodeSignature signature, NodeCertificates? certificates)
    {
        Node = node;
        _signature = signature;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(2),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(3),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };
        if (certificates is not null)
            handler.SslOptions = certificates.ForCalling();
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The node that calls.</summary>
    public string Node { get; }

    /// <summary>
    /// Calls a node and gives its answer as soon as that begins. <paramref name="prepare"/> adds headers. The caller disposes the answer,
    /// and cancels what takes too long.
    /// </summary>
    /// <exception cref="ClusterException">The node cannot be reached.</exception>
    public Task<HttpResponseMessage> CallAsync(
        Uri node, HttpMethod method, string pathAndQuery, ReadOnlyMemory<byte> body, Action<HttpRequestMessage>? prepare, CancellationToken cancel) =>
        SendAsync(node, method, pathAndQuery, body.IsEmpty ? null : new ReadOnlyMemoryContent(body), body, prepare, cancel);

    /// <summary>As <see cref="CallAsync"/>, with a body that is sent as it comes and is not signed.</summary>
    /// <exception cref="ClusterException">The node cannot be reached, or went away meanwhile.</exception>
    public Task<HttpResponseMessage> StreamAsync(
        Uri node, HttpMethod method, string pathAndQuery, HttpContent? body, Action<HttpRequestMessage>? prepare, CancellationToken cancel) =>
        SendAsync(node, method, pathAndQuery, body, default, request =>
        {
            request.Headers.TryAddWithoutValidation(NodeSignature.StreamedHeader, "streamed");
            prepare?.Invoke(request);
        }, cancel);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(
        Uri node, HttpMethod method, string pathAndQuery, HttpContent? content, ReadOnlyMemory<byte> signed, Action<HttpRequestMessage>? prepare, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, new Uri(node, pathAndQuery))
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content,
        };
        prepare?.Invoke(request);

        // What is signed is what goes over the wire.
        request.Headers.TryAddWithoutValidation(
            NodeSignature.Header, _signature.Sign(
                Node, method.Method, request.RequestUri!.PathAndQuery, signed.Span,
                name => request.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null));
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw new ClusterException($"The node at {node} cannot be reached ({error.Message}).", error);
        }
    }
}
