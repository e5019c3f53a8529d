namespace LiveFace.Cluster.Placement;

/// <summary>
/// Where a new room goes: of two nodes at random the less loaded one. Always the least loaded of all would send everything that comes
/// between two reports to one node; one of two does not, and is nearly as good.
/// </summary>
public static class RoomPlacement
{
    /// <summary>Below this a node is taken gladly: what it has may still grow.</summary>
    public const double GoodBelow = 0.65;

    /// <summary>A node for a room; null where all that serve are full.</summary>
    public static NodeStanding? Choose(IReadOnlyList<NodeStanding> nodes, double fullAt, Random random)
    {
        var serving = nodes.Where(node => node.Report.Serving).ToArray();
        var good = Array.FindAll(serving, node => node.Expected < GoodBelow);
        if (good.Length > 0)
            return OfTwo(good, random);

        // Nobody is at ease: whoever has most left.
        return serving.Where(node => node.Expected < fullAt).MinBy(node => node.Expected);
    }

    private static NodeStanding OfTwo(NodeStanding[] nodes, Random random)
    {
        var first = random.Next(nodes.Length);
        var second = nodes.Length == 1 ? first : (first + 1 + random.Next(nodes.Length - 1)) % nodes.Length;
        return nodes[first].Expected <= nodes[second].Expected ? nodes[first] : nodes[second];
    }
}
