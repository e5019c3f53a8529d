namespace LiveFace.Architecture.Tests;

/// <summary>Projects use only what lies below them.</summary>
public sealed class ProjectTests
{
    public static TheoryData<string> All => [.. Projects.Present];

    [Fact]
    public void Every_project_of_src_has_its_place()
    {
        var folders = Directory.GetFiles(Checkout.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension);
        folders.ShouldBeSubsetOf(Projects.TopDown);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_project_uses_those_below_it_alone(string project)
    {
        var below = Projects.Alone.Contains(project)
            ? []
            : Projects.TopDown.SkipWhile(name => name != project).Skip(1);
        Projects.UsedBy(project).ShouldBeSubsetOf(below);
    }

    [Fact]
    public void Only_the_program_knows_ASP_NET()
    {
        foreach (var project in Projects.WithoutHosting)
        {
            Projects.Load(project).GetReferencedAssemblies().Select(name => name.Name!)
                .ShouldNotContain(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal), project);
        }
    }
}
