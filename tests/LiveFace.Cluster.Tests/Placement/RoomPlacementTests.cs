using LiveFace.Cluster.Placement;

namespace LiveFace.Cluster.Tests.Placement;

public sealed class RoomPlacementTests
{
    private readonly Random _random = new(7);

    [Fact]
    public void The_less_loaded_of_two_has_it_and_the_most_loaded_of_three_never()
    {
        var nodes = new[] { Node("a", 0.1), Node("b", 0.3), Node("c", 0.5) };
        var chosen = Enumerable.Range(0, 600).Select(_ => Choose(nodes)!).CountBy(name => name).ToDictionary();
        chosen.Keys.ShouldBe(["a", "b"], ignoreOrder: true);
        chosen["a"].ShouldBeGreaterThan(chosen["b"]);
    }

    [Fact]
    public void Rooms_that_a_report_does_not_show_yet_count()
    {
        // Both say that they do nothing; one was given six rooms a moment ago.
        Enumerable.Range(0, 50).Select(_ => Choose([Node("a", 0, claimed: 6), Node("b", 0, claimed: 1)])).ShouldAllBe(name => name == "b");
    }

    [Fact]
    public void Whoever_is_not_at_ease_is_taken_only_when_nobody_is_and_whoever_is_full_or_leaves_never()
    {
        Enumerable.Range(0, 50).Select(_ => Choose([Node("busy", 0.7), Node("free", 0.64)])).ShouldAllBe(name => name == "free");
        Choose([Node("busy", 0.8), Node("less", 0.7), Node("full", 0.95)]).ShouldBe("less");
        Choose([Node("leaves", 0.1, serving: false), Node("busy", 0.8)]).ShouldBe("busy");
        Choose([Node("leaves", 0.1, serving: false), Node("full", 0.9)]).ShouldBeNull();
        Choose([]).ShouldBeNull();
    }

    [Fact]
    public void A_room_goes_to_its_region_until_that_is_full_and_elsewhere_then()
    {
        var needs = new RoomNeeds([], Region: "North");
        NodeStanding[] nodes = [Node("n1", 0.6, offer: new("north")), Node("n2", 0.8, offer: new("north")), Node("s", 0, offer: new("south")), Node("u", 0)];
        Enumerable.Range(0, 50).Select(_ => Choose(nodes, needs)).ShouldAllBe(name => name == "n1");
        nodes[0] = Node("n1", 0.95, offer: new("north"));
        Enumerable.Range(0, 50).Select(_ => Choose(nodes, needs)).ShouldAllBe(name => name == "n2", "no node of the region is at ease, and one is not full");
        nodes[1] = Node("n2", 0.95, offer: new("north"));
        Enumerable.Range(0, 50).Select(_ => Choose(nodes, needs)).ShouldAllBe(name => name == "s" || name == "u");
        Enumerable.Range(0, 200).Select(_ => Choose([Node("n", 0, offer: new("north")), Node("s", 0, offer: new("south"))])).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void The_models_are_a_must_and_the_GPU_counts_for_more_than_the_region()
    {
        var needs = new RoomNeeds(["faces", "objects"], Gpu: true, Region: "north");
        var few = new NodeOffer("north", "A GPU", ["faces"]);
        var all = new NodeOffer("south", null, ["objects", "faces", "plates"]);
        Choose([Node("few", 0, offer: few)], needs).ShouldBeNull();
        Choose([Node("few", 0, offer: few), Node("all", 0.8, offer: all)], needs).ShouldBe("all");
        Choose([Node("few", 0, offer: few), Node("all", 0.95, offer: all)], needs).ShouldBeNull();
        Choose([Node("cpu", 0, offer: all with { Region = "north" }), Node("gpu", 0.8, offer: all with { Gpu = "A GPU" })], needs).ShouldBe("gpu");
        Choose([Node("cpu", 0.8, offer: all with { Region = "north" }), Node("far", 0, offer: all)], needs).ShouldBe("cpu");

        // A node of an older version tells nothing of its models.
        Choose([Node("older", 0)], needs).ShouldBe("older");
    }

    private string? Choose(NodeStanding[] nodes, RoomNeeds? needs = null) => RoomPlacement.Choose(nodes, needs ?? new RoomNeeds([]), 0.9, _random)?.Node;

    private static NodeStanding Node(string name, double load, int claimed = 0, bool serving = true, NodeOffer? offer = null) =>
        new(name, new Uri("http://127.0.0.1:1"), null, new NodeReport(load, 0.1, serving), claimed, claimed, offer ?? new NodeOffer());
}
