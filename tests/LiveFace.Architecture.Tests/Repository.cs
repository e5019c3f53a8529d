namespace LiveFace.Architecture.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LiveFace.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside a checkout.");
        return folder.FullName;
    }
}
