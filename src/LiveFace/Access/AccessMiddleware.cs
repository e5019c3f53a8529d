using System.Net;
using LiveFace.Http;
using Microsoft.Net.Http.Headers;

namespace LiveFace.Access;

/// <summary>
/// The one gate before every endpoint: names, key, rate, role; <see cref="QuotaMiddleware"/> has the quota. The pages' files are served before it and are open; an
/// endpoint without a rule needs an admin.
/// </summary>
internal sealed class AccessMiddleware(
    RequestDelegate next, AccessMode mode, Doorkeeper doorkeeper, AddressLimits limits)
{
    public Task InvokeAsync(HttpContext context) => context.GetEndpoint() is { } endpoint
        ? GuardAsync(context, endpoint.Metadata.GetMetadata<AccessRule>() ?? AccessRule.Default)
        : next(context);

    private async Task GuardAsync(HttpContext context, AccessRule rule)
    {
        var room = context.GetRouteValue("room") as string;
        var meeting = context.GetRouteValue("meeting") as string;
        if (!RoomName.IsValid(room ?? meeting ?? "any") || !RoomName.IsValid(meeting ?? "any"))
        {
            await Problem.RoomNameInvalid.WriteAsync(context, $"A room's name is {RoomName.Accepted}.");
            return;
        }

        Grant? grant = null;
        if (!rule.Anyone || rule.ReadsKey)
        {
            var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
            var (found, problem) = await doorkeeper.AdmitAsync(context, address, rule.Needed);
            if (mode.RequiresKey && !rule.Anyone && limits.TakeRequest(address, found) is { } spent)
            {
                await TooMany(context, spent);
                return;
            }

            if (found is null && !rule.Anyone)
            {
                await Refuse(context, problem!);
                return;
            }

            grant = found;
            context.Features.Set(grant);
        }

        if (!rule.Anyone && !May(grant!, rule.Needed, room, meeting))
        {
            await Problem.NotAllowed.WriteAsync(context, $"This needs {string.Join(" and ", RoleNames.From(rule.Needed))}"
                + (room ?? meeting) switch { null => ".", var name => $" in '{name}'." });
            return;
        }

        await next(context);
    }

    /// <summary>An address that names both is of one room within a meeting.</summary>
    private static bool May(Grant grant, Roles needed, string? room, string? meeting) =>
        room is not null ? grant.May(needed, room)
        : meeting is not null ? grant.MayThroughout(needed, RoomPattern.OfMeeting(meeting))
        : grant.May(needed);

    private static Task Refuse(HttpContext context, Problem problem)
    {
        if (problem == Problem.StoreUnreachable)
            context.Response.Headers.RetryAfter = "2";
        if (problem.Status is not StatusCodes.Status401Unauthorized and not StatusCodes.Status429TooManyRequests)
            return problem.WriteAsync(context);
        if (problem == Problem.TooManyRequests)
            return TooMany(context, "This address was wrong about keys too often; with a key that is right, it is let in.");
        context.Response.Headers[HeaderNames.WWWAuthenticate] = problem == Problem.KeyRequired
            ? "Bearer" : "Bearer error=\"invalid_token\"";
        return problem.WriteAsync(context, "Send it as 'Authorization: Bearer <key>'.");
    }

    private static Task TooMany(HttpContext context, string detail)
    {
        context.Response.Headers.RetryAfter = "5";
        return Problem.TooManyRequests.WriteAsync(context, detail);
    }
}
