using LiveFace.Cluster;
using LiveFace.Cluster.Ownership;
using LiveFace.Cluster.Placement;
using LiveFace.Features.Rooms;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Cluster;

/// <summary>Where a request about a room goes, and where a room that nobody has.</summary>
internal sealed class RoomSeeker(RoomOwners owners, OwnerTable table, RoomPolicies policies, NodeOffer offer, IOptions<RoomOptions> rooms)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    /// <summary>The node of a room; null where nobody has it.</summary>
    public async Task<Seat?> FindAsync(string room, CancellationToken cancel) =>
        await OwnAsync(await owners.FindAsync(room, cancel), room, cancel) is { } owner ? new Seat(owner.Node, owner.Address) : null;

    /// <summary>
    /// The node of a room, and whether it is only about to be its owner: one that nobody has is placed, by what is asked for it. A room that falls to
    /// this node is claimed here.
    /// </summary>
    public async Task<(Seat Seat, bool IsNew)> PlaceAsync(string room, Func<Task<RoomPlace>> asked, CancellationToken cancel)
    {
        var owner = await owners.FindAsync(room, cancel);
        if (owner is null)
        {
            var nodes = (await table.NodesAsync(cancel)).FindAll(node => node.Node != owners.Node || owners.TakesNew);
            var chosen = Choose(room, await asked(), nodes);
            if (chosen.Node != owners.Node)
                return (new Seat(chosen.Node, chosen.Address), true);
            owner = await owners.ClaimAsync(room, cancel);
        }

        owner = (await OwnAsync(owner, room, cancel))!;
        return (new Seat(owner.Node, owner.Address), false);
    }

    public async Task<NodeStanding?> FindNodeAsync(string node, CancellationToken cancel) =>
        (await table.NodesAsync(cancel)).Find(one => one.Node == node);

    /// <summary>Where who is sent away from here goes: the least loaded of the others, one that has an address of its own before one that has none.</summary>
    public async Task<NodeStanding?> FindNextAsync(CancellationToken cancel) => (await table.NodesAsync(cancel))
        .Where(node => node.Node != owners.Node && node.Report.Serving)
        .OrderBy(node => node.Url is null).ThenBy(node => node.Expected).FirstOrDefault();

    /// <summary>The store may know of a claim whose answer never came.</summary>
    private async Task<RoomOwner?> OwnAsync(RoomOwner? owner, string room, CancellationToken cancel) =>
        owner?.Node == owners.Node && !owners.Owns(room) ? await owners.ClaimAsync(room, cancel) : owner;

    private NodeStanding Choose(string room, RoomPlace asked, List<NodeStanding> nodes)
    {
        bool Serve(params string[] models) => nodes.Exists(node => node.Report.Serving && node.Offer.Has(models));

        // What is asked for, and nobody has, is refused by the owner, which says what there is.
        RedactionPolicy?[] wanted = [asked.Policy, asked.Floor];
        var models = wanted.OfType<RedactionPolicy>().SelectMany(policy => policies.ModelsOf(room, policy)).Where(model => Serve(model))
            .Union(asked.Policy is null ? policies.ModelsOf(room, asked: null) : []).ToArray();
        if (RoomPlacement.Choose(nodes, new RoomNeeds(models, asked.Gpu, asked.Region ?? offer.Region), rooms.Value.FullAt, Random.Shared) is { } chosen)
            return chosen;
        throw new RoomRefusedException(RoomRefusal.TooBusy, Serve() && !Serve(models)
            ? $"No node of the cluster that takes new rooms has all models that this room's policy needs ({string.Join(", ", models)})."
            : "No node of the cluster takes new rooms now.", Soon);
    }
}

/// <summary>A node that is to be asked.</summary>
internal sealed record Seat(string Node, Uri Address);
