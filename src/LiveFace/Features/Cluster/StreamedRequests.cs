using System.Net;
using System.Runtime.ExceptionServices;
using LiveFace.Cluster;
using LiveFace.Cluster.Calls;
using Microsoft.AspNetCore.Http.Features;

namespace LiveFace.Features.Cluster;

/// <summary>
/// Hands a request to another node as it comes and the answer to the caller as it comes: films, parts of them, and events without an end. Nothing of it is
/// kept here. Who asks goes with it as in <see cref="ForwardedRequests"/>. A node that dies meanwhile is noticed by its connection, so nothing here takes too long.
/// </summary>
internal sealed class StreamedRequests(NodeCaller caller)
{
    private const int Chunk = 64 * 1024;

    private static readonly string[] Asked = [.. ForwardedRequests.Asked, "Upload-Offset", "Upload-Length", "Tus-Resumable", "Range", "If-Range", "If-Modified-Since"];

    private static readonly string[] Answered =
    [
        .. ForwardedRequests.Answered, "Content-Length", "Content-Range", "Content-Disposition", "Accept-Ranges", "Last-Modified", "Vary", "Upload-Offset", "Upload-Length",
        "Tus-Resumable", "Content-Security-Policy",
    ];

    /// <summary>False when that node cannot be reached: nothing was answered.</summary>
    public async Task<bool> TryForwardAsync(HttpContext context, Uri node)
    {
        var request = context.Request;

        // How much may come is the other node's to say.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        using var body = context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true } ? new ComingBody(request) : null;
        HttpResponseMessage answer;
        try
        {
            answer = await caller.StreamAsync(
                node, new HttpMethod(request.Method), request.PathBase + request.Path + request.QueryString, body,
                forwarded => ForwardedRequests.Prepare(context, forwarded, Asked), context.RequestAborted);
        }
        catch (Exception error) when (error is ClusterException or IOException or OperationCanceledException)
        {
            body?.ThrowIfBroken();
            context.RequestAborted.ThrowIfCancellationRequested();
            return false;
        }

        using (answer)
        {
            ForwardedRequests.Begin(context.Response, answer, Answered);
            await CopyAsync(context, answer);
        }

        return true;
    }

    /// <summary>Each part goes on at once, as events have to. An answer that breaks off breaks off for the caller as well.</summary>
    private static async Task CopyAsync(HttpContext context, HttpResponseMessage answer)
    {
        try
        {
            await context.Response.StartAsync(context.RequestAborted);
            await using var from = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
            var buffer = new byte[Chunk];
            while (await from.ReadAsync(buffer, context.RequestAborted) is > 0 and var count)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
        {
            context.Abort();
        }
    }

    /// <summary>A body that is read from its sender while it is sent on.</summary>
    private sealed class ComingBody(HttpRequest request) : HttpContent
    {
        private ExceptionDispatchInfo? _broken;

        /// <summary>What its sender did wrong is answered as it is of a body that stays here.</summary>
        public void ThrowIfBroken() => _broken?.Throw();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            var buffer = new byte[Chunk];
            while (await ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                await stream.FlushAsync(cancellationToken);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = request.ContentLength ?? 0;
            return request.ContentLength is not null;
        }

        private async ValueTask<int> ReadAsync(byte[] buffer, CancellationToken cancel)
        {
            try
            {
                return await request.Body.ReadAsync(buffer, cancel);
            }
            catch (BadHttpRequestException error)
            {
                _broken = ExceptionDispatchInfo.Capture(error);
                throw;
            }
        }
    }
}
