using System.Reflection;

namespace LiveFace.Browser.Tests.Fixtures;

/// <summary>Where this build's tree is, and what it built.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Program { get; } =
        Path.Combine(Root, "src/LiveFace/bin", Metadata("Configuration"), "net10.0/liveface");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == key).Value!;
}
