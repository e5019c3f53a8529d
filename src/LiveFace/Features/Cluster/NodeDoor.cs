using System.Net;
using LiveFace.Access;
using LiveFace.Cluster.Calls;
using LiveFace.Cluster.Relay;
using LiveFace.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LiveFace.Features.Cluster;

/// <summary>
/// The first look at each request: what came to the address for nodes has to be signed by one, and nothing that came elsewhere is
/// taken for a node's.
/// </summary>
internal sealed class NodeDoor(RequestDelegate next, NodeSignature signature)
{
    public const string ClientHeader = "LiveFace-Client";
    public const string SchemeHeader = "LiveFace-Scheme";

    /// <summary>As much as a forwarded request may carry.</summary>
    private const int LargestBody = 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<NodeConnection>() is null)
        {
            await next(context);
            return;
        }

        // A relay's body is a stream of hours: its call is signed over an empty one, and its ends prove themselves in it. So is a film's, which may not fit anywhere.
        var streams = context.Request.Path == RelayServiceBase.Path
            || (context.Request.Headers.ContainsKey(NodeSignature.StreamedHeader) && context.Request.Path.StartsWithSegments(JobForward.Path, StringComparison.Ordinal));
        var body = streams ? new MemoryStream([], 0, 0, writable: false, publiclyVisible: true) : await ReadAsync(context.Request);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (body is null || !signature.TryVerify(
            context.Request.Headers[NodeSignature.Header], context.Request.Method, target, body.GetBuffer().AsSpan(0, (int)body.Length), out var node,
            name => context.Request.Headers[name].ToString() is { Length: > 0 } said ? said : null))
        {
            await Problem.NotAllowed.WriteAsync(context, "Only nodes of this cluster are answered here.");
            return;
        }

        if (!streams)
            context.Request.Body = body;
        context.Features.Set(new NodeCall(node));
        if (VouchedGrant.Read(context.Request.Headers[VouchedGrant.Header]) is { } vouched)
            context.Features.Set(vouched);
        if (IPAddress.TryParse(context.Request.Headers[ClientHeader], out var client))
            context.Connection.RemoteIpAddress = client;
        if (context.Request.Headers[SchemeHeader].ToString() is { Length: > 0 } scheme)
            context.Request.Scheme = scheme;
        await next(context);
    }

    /// <summary>Null where it is too large.</summary>
    private static async Task<MemoryStream?> ReadAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is > 0 and var count)
        {
            if (body.Length + count > LargestBody)
                return null;
            body.Write(buffer, 0, count);
        }

        body.Position = 0;
        return body;
    }
}
