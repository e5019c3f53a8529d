using LiveFace.Cluster.Ownership;
using LiveFace.Http;

namespace LiveFace.Features.Cluster;

/// <summary>
/// Sends those who would begin a session at a node that is leaving to another: with 307, which WHIP clients follow (RFC 9725, "Load Balancing and Redirection"), and
/// with 503 where there is none to be named. Pages are not sent, because browsers take the key off a request that is led to another
/// origin: theirs are passed on, and the hub tells them when to move.
/// </summary>
internal sealed class DrainRedirect(RoomOwners owners, RoomSeeker seeker)
{
    private const string Soon = "3";

    /// <summary>False where the request is answered as ever.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext context, OwnerRule rule)
    {
        var request = context.Request;
        if (owners.TakesNew || !HttpMethods.IsPost(request.Method) || request.Headers.Origin.Count > 0)
            return false;
        var next = await seeker.FindNextAsync(context.RequestAborted);
        if (next?.Url is { } url)
        {
            context.Response.Headers.Location = url.ToString().TrimEnd('/') + request.PathBase + request.Path + request.QueryString;
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            return true;
        }

        // Behind one address for all, the next try finds another node; a publisher's media goes to the owner past this one anyway.
        if (next is not null && !rule.Watches)
            return false;
        context.Response.Headers.RetryAfter = Soon;
        await Problem.ShuttingDown.WriteAsync(context, "This node is leaving its cluster.");
        return true;
    }
}
