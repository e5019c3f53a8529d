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

    private string? Choose(NodeStanding[] nodes) => RoomPlacement.Choose(nodes, 0.9, _random)?.Node;

    private static NodeStanding Node(string name, double load, int claimed = 0, bool serving = true) =>
        new(name, new Uri("http://127.0.0.1:1"), null, new NodeReport(load, 0.1, serving), claimed, claimed);
}
