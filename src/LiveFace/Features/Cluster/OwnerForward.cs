using LiveFace.Access;
using LiveFace.Cluster;
using LiveFace.Cluster.Ownership;
using LiveFace.Http;
using LiveFace.Rooms.Relay.Remote;

namespace LiveFace.Features.Cluster;

/// <summary>
/// Sends what only a room's owner can answer to the owner, with what its caller may do; answers it here where this node is the owner.
/// Who owns the room is asked of the store each time, so that each session is opened under an epoch that holds.
/// </summary>
internal sealed class OwnerForward(RequestDelegate next, RoomOwners owners, RoomSeeker seeker, DrainRedirect leaving, ForwardedRequests requests, RelayDirectory? relays = null)
{
    /// <summary>Asks the called node to take the room if nobody has it.</summary>
    public const string ClaimHeader = "LiveFace-Claim";

    /// <summary>The answer of a node that does not have the room.</summary>
    public const int NotHere = StatusCodes.Status421MisdirectedRequest;

    private const int Tries = 3;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<OwnerRule>() is not { } rule || context.GetRouteValue("room") is not string room)
        {
            await next(context);
            return;
        }

        if (context.GetNodeCall() is not null)
            await AnswerNodeAsync(context, room);
        else if (NodeOf(context.GetRouteValue("session") as string) is { } node)
            await AtNodeAsync(context, node);
        else if (await leaving.TryAnswerAsync(context, rule))
            return;
        else if (rule.Watches && relays is not null)
            await next(context);
        else
            await AtOwnerAsync(context, room, rule.Makes);
    }

    private async Task AnswerNodeAsync(HttpContext context, string room)
    {
        if (NodeOf(context.GetRouteValue("session") as string) == owners.Node)
        {
            await next(context);
            return;
        }

        var owner = context.Request.Headers.ContainsKey(ClaimHeader) && owners.TakesNew
            ? await owners.ClaimAsync(room, context.RequestAborted)
            : await owners.FindAsync(room, context.RequestAborted);
        if (owner?.Node == owners.Node && owners.Owns(room))
            await next(context);
        else
            context.Response.StatusCode = NotHere;
    }

    private async Task AtOwnerAsync(HttpContext context, string room, bool makes)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var (seat, isNew) = makes
                ? await seeker.PlaceAsync(room, () => AskedPlace.ReadAsync(context), context.RequestAborted)
                : (await seeker.FindAsync(room, context.RequestAborted), false);
            if (seat is null || seat.Node == owners.Node)
            {
                await next(context);
                return;
            }

            if (await requests.TryForwardAsync(context, seat.Address, claims: isNew))
                return;
        }

        throw new ClusterException("The room changes its node; ask again.");
    }

    private async Task AtNodeAsync(HttpContext context, string node)
    {
        if (node == owners.Node)
            await next(context);
        else if (await seeker.FindNodeAsync(node, context.RequestAborted) is not { } found || !await requests.TryForwardAsync(context, found.Address, claims: false))
            await Problem.SessionNotFound.WriteAsync(context, "Its node is gone.");
    }

    /// <summary>The node in a session's name; null where there is none.</summary>
    private static string? NodeOf(string? session) => session?.IndexOf(ClusterSetup.NodeMark, StringComparison.Ordinal) is > 0 and var end ? session[..end] : null;
}
