namespace LiveFace.Cluster.Placement;

/// <summary>
/// Where a new room goes: of two nodes at random the less loaded one. Always the least loaded of all would send everything that comes
/// between two reports to one node; one of two does not, and is nearly as good.
/// <para>
/// A room's models are a must. A GPU and a region are wishes, the GPU the stronger one: each is let go only when every node that has it is full.
/// </para>
/// </summary>
public static class RoomPlacement
{
    /// <summary>Below this a node is taken gladly: what it has may still grow.</summary>
    public const double GoodBelow = 0.65;

    /// <summary>A node for a room; null where all that serve and have its models are full.</summary>
    public static NodeStanding? Choose(IReadOnlyList<NodeStanding> nodes, RoomNeeds needs, double fullAt, Random random) => nodes
        .Where(node => node.Report.Serving && node.Offer.Has(needs.Models) && node.Expected < fullAt)
        .GroupBy(node => (MissesGpu: needs.Gpu && node.Offer.Gpu is null, IsElsewhere: IsElsewhere(node, needs)))
        .OrderBy(fit => fit.Key)
        .Select(fit => OfLike([.. fit], random))
        .FirstOrDefault();

    private static bool IsElsewhere(NodeStanding node, RoomNeeds needs) =>
        needs.Region is { } region && !string.Equals(node.Offer.Region, region, StringComparison.OrdinalIgnoreCase);

    private static NodeStanding OfLike(NodeStanding[] nodes, Random random)
    {
        var good = Array.FindAll(nodes, node => node.Expected < GoodBelow);

        // Where nobody is at ease: whoever has most left.
        return good.Length > 0 ? OfTwo(good, random) : nodes.MinBy(node => node.Expected)!;
    }

    private static NodeStanding OfTwo(NodeStanding[] nodes, Random random)
    {
        var first = random.Next(nodes.Length);
        var second = nodes.Length == 1 ? first : (first + 1 + random.Next(nodes.Length - 1)) % nodes.Length;
        return nodes[first].Expected <= nodes[second].Expected ? nodes[first] : nodes[second];
    }
}
