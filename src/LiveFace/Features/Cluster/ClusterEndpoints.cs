using LiveFace.Access;
using LiveFace.Cluster;
using LiveFace.Cluster.Ownership;
using LiveFace.Http;

namespace LiveFace.Features.Cluster;

/// <summary>Who owns what, for who runs the cluster.</summary>
internal static class ClusterEndpoints
{
    public static void MapCluster(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/cluster", ReadAsync).Produces<ClusterView>().Needs(Roles.Admin);

    private static async Task<IResult> ReadAsync(HttpContext context, OwnerTable table, IRoomOwners owners)
    {
        var cancel = context.RequestAborted;
        var nodes = await table.NodesAsync(cancel);
        var rooms = await table.AllAsync(cancel);
        return Results.Json(new ClusterView(
            owners.Node,
            [.. nodes.Select(node => new ClusterNode(
                node.Node, node.Address.ToString(), node.Url?.ToString(), node.Offer.Region, node.Offer.Gpu, node.Offer.Models?.Order(StringComparer.Ordinal).ToArray(),
                node.Report.Serving, Math.Round(node.Report.Load, 3), Math.Round(node.Expected, 3), node.Rooms))],
            [.. rooms.Select(room => new ClusterRoom(room.Room, room.Node, room.Epoch))]), ApiJson.Options);
    }

    /// <param name="Here">The node that answers.</param>
    private sealed record ClusterView(string Here, ClusterNode[] Nodes, ClusterRoom[] Rooms);

    /// <param name="Models">Names by which policies may ask for models there; null of a node that does not tell them.</param>
    /// <param name="Expected">Its load once the rooms that it was given lately have begun.</param>
    private sealed record ClusterNode(string Name, string Address, string? Url, string? Region, string? Gpu, string[]? Models, bool Serving, double Load, double Expected, int Rooms);

    private sealed record ClusterRoom(string Room, string Node, long Epoch);
}
