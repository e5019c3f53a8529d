using LiveFace.Cluster;
using LiveFace.Cluster.Ownership;
using LiveFace.Cluster.Placement;
using LiveFace.Rooms;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Cluster;

/// <summary>Where a request about a room goes, and where a room that nobody has.</summary>
internal sealed class RoomSeeker(RoomOwners owners, OwnerTable table, IOptions<RoomOptions> rooms)
{
    /// <summary>
    /// The node of a room, and whether it is only about to be its owner. Null where nobody has the room and none is to be made. A room that
    /// falls to this node is claimed here.
    /// </summary>
    public async Task<(Seat? Seat, bool IsNew)> SeekAsync(string room, bool makes, CancellationToken cancel)
    {
        var owner = await owners.FindAsync(room, cancel);
        if (owner is null && makes)
        {
            var nodes = (await table.NodesAsync(cancel)).FindAll(node => node.Node != owners.Node || owners.TakesNew);
            var chosen = RoomPlacement.Choose(nodes, rooms.Value.FullAt, Random.Shared)
                ?? throw new RoomRefusedException(RoomRefusal.TooBusy, "No node of the cluster takes new rooms now.", TimeSpan.FromSeconds(10));
            if (chosen.Node != owners.Node)
                return (new Seat(chosen.Node, chosen.Address), true);
            owner = await owners.ClaimAsync(room, cancel);
        }

        // The store may know of a claim whose answer never came.
        if (owner?.Node == owners.Node && !owners.Owns(room))
            owner = await owners.ClaimAsync(room, cancel);
        return (owner is null ? null : new Seat(owner.Node, owner.Address), false);
    }

    public async Task<NodeStanding?> FindNodeAsync(string node, CancellationToken cancel) =>
        (await table.NodesAsync(cancel)).Find(one => one.Node == node);
}

/// <summary>A node that is to be asked.</summary>
internal sealed record Seat(string Node, Uri Address);
