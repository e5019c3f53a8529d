using LiveFace.Access;
using LiveFace.Cluster.Calls;
using LiveFace.Http;

namespace LiveFace.Features.Cluster;

/// <summary>
/// Hands a request to another node and its answer to the caller. The caller's key stays here: what it may do goes with the request, and
/// only where another system vouches for the caller its word goes too, because that system has to be asked again.
/// </summary>
internal sealed class ForwardedRequests(NodeCaller caller)
{
    private const int LargestBody = 128 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    internal static readonly IReadOnlyList<string> Asked = ["Content-Type", "If-Match", "If-None-Match", "LiveFace-Policy", "LiveFace-Floor", "Accept"];
    internal static readonly IReadOnlyList<string> Answered =
        ["Content-Type", "Location", "ETag", "Link", "Retry-After", "Cache-Control", "Accept-Patch", "Accept-Post", "WWW-Authenticate"];

    /// <summary>False when that node does not have the room: nothing was answered.</summary>
    /// <exception cref="LiveFace.Cluster.ClusterException">It cannot be reached, or does not answer in time.</exception>
    public async Task<bool> TryForwardAsync(HttpContext context, Uri node, bool claims)
    {
        var body = await ReadAsync(context);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(Patience);
        try
        {
            var request = context.Request;
            using var answer = await caller.CallAsync(
                node, new HttpMethod(request.Method), request.PathBase + request.Path + request.QueryString, body, forwarded => Prepare(context, forwarded, Asked, claims), limit.Token);
            if ((int)answer.StatusCode == OwnerForward.NotHere)
                return false;
            await AnswerAsync(context.Response, answer, limit.Token);
            return true;
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new LiveFace.Cluster.ClusterException("The room's node does not answer.");
        }
    }

    /// <summary>Says who asks, from where, and what.</summary>
    internal static void Prepare(HttpContext context, HttpRequestMessage forwarded, IReadOnlyList<string> asked, bool claims = false)
    {
        foreach (var header in asked)
            if (context.Request.Headers[header].ToString() is { Length: > 0 } value && !forwarded.Headers.TryAddWithoutValidation(header, value))
                forwarded.Content?.Headers.TryAddWithoutValidation(header, value);
        var headers = forwarded.Headers;
        headers.Host = context.Request.Host.Value;
        headers.TryAddWithoutValidation(NodeDoor.SchemeHeader, context.Request.Scheme);
        headers.TryAddWithoutValidation(NodeDoor.ClientHeader, context.Connection.RemoteIpAddress?.ToString());
        if (claims)
            headers.TryAddWithoutValidation(OwnerForward.ClaimHeader, "1");
        var grant = context.RequireGrant();
        if (grant.Recheck is null)
            headers.TryAddWithoutValidation(VouchedGrant.Header, VouchedGrant.Write(grant));
        else
            headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
    }

    private static async Task AnswerAsync(HttpResponse response, HttpResponseMessage answer, CancellationToken cancel)
    {
        Begin(response, answer, Answered);
        await answer.Content.CopyToAsync(response.Body, cancel);
    }

    internal static void Begin(HttpResponse response, HttpResponseMessage answer, IReadOnlyList<string> answered)
    {
        response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answered)
            if (answer.Headers.TryGetValues(header, out var values) || answer.Content.Headers.TryGetValues(header, out values))
                response.Headers[header] = values.ToArray();
    }

    /// <summary>The body, which can be read again after that.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        // It is asked for once more where the first node did not have the room.
        if (context.Items.TryGetValue(nameof(ForwardedRequests), out var read))
            return (ReadOnlyMemory<byte>)read!;
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var count)
        {
            if (body.Length + count > LargestBody)
                throw new ProblemException(Problem.TooLarge, $"At most {LargestBody} bytes are taken.");
            body.Write(buffer, 0, count);
        }

        // Where the room falls to this node after all, it is read here.
        var bytes = body.ToArray();
        context.Request.Body = new MemoryStream(bytes, writable: false);
        ReadOnlyMemory<byte> whole = bytes;
        context.Items[nameof(ForwardedRequests)] = whole;
        return whole;
    }
}
