using System.Net;
using LiveFace.Api;
using Microsoft.Net.Http.Headers;

namespace LiveFace.Access;

/// <summary>
/// The one gate before every endpoint: rate, room name, key, role. The pages' files are served before it and are open; an
/// endpoint without a rule needs an admin.
/// </summary>
internal sealed class AccessMiddleware(
    RequestDelegate next, AccessMode mode, Doorkeeper doorkeeper, AddressLimits limits)
{
    public Task InvokeAsync(HttpContext context) => context.GetEndpoint() is { } endpoint
        ? Guard(context, endpoint.Metadata.GetMetadata<AccessRule>() ?? AccessRule.Default)
        : next(context);

    private Task Guard(HttpContext context, AccessRule rule)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (mode.RequiresKey && !rule.Anyone && (limits.IsBarred(address) || !limits.TakeRequest(address)))
            return TooMany(context);
        var room = context.GetRouteValue("room") as string;
        if (room is not null && !RoomName.IsValid(room))
            return Problem.RoomNameInvalid.WriteAsync(context, $"A room's name is {RoomName.Accepted}.");

        var (grant, problem) = doorkeeper.Admit(Bearer.From(context.Request));
        context.Features.Set(grant);
        if (rule.Anyone)
            return next(context);
        if (grant is null)
        {
            if (problem != Problem.KeyRequired)
                limits.TakeFailure(address);
            context.Response.Headers[HeaderNames.WWWAuthenticate] = problem == Problem.KeyRequired
                ? "Bearer" : "Bearer error=\"invalid_token\"";
            return problem!.WriteAsync(context, "Send it as 'Authorization: Bearer <key>'.");
        }

        var allowed = room is null ? grant.May(rule.Needed) : grant.May(rule.Needed, room);
        return allowed
            ? next(context)
            : Problem.NotAllowed.WriteAsync(context, $"This needs {string.Join(" and ", RoleNames.From(rule.Needed))}"
                + (room is null ? "." : $" in '{room}'."));
    }

    private static Task TooMany(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return Problem.TooManyRequests.WriteAsync(context, "Wait a few seconds.");
    }
}
