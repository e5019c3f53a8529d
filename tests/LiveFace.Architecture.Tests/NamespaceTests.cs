namespace LiveFace.Architecture.Tests;

/// <summary>Inside a project namespaces have one direction, as projects have: none uses, over others, one that uses it.</summary>
public sealed class NamespaceTests
{
    /// <summary>All but the program of one file.</summary>
    public static TheoryData<string> All => [.. Projects.Present.Where(name => name != "LiveFace.Decoder")];

    [Theory]
    [MemberData(nameof(All))]
    public void Namespaces_use_one_another_in_one_direction(string project)
    {
        var graph = NamespaceGraph.Read(Projects.Load(project));
        graph.Namespaces.Count.ShouldBeGreaterThan(1);
        string.Join('\n', graph.Circles()).ShouldBeEmpty();
    }

    [Fact]
    public void A_circle_is_found_and_named()
    {
        var graph = NamespaceGraph.Read(typeof(Circle.Upper.Above).Assembly);
        var circle = graph.Circles().ShouldHaveSingleItem();
        circle.ShouldContain("Above uses Below");
        circle.ShouldContain("Below uses IAbove");
    }
}
