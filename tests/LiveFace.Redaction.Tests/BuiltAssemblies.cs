namespace LiveFace.Redaction.Tests;

/// <summary>The assemblies of the repository, as they were built.</summary>
internal static class BuiltAssemblies
{
    /// <summary>Every assembly of the repository that is built, in the configuration of this one.</summary>
    public static IEnumerable<(string Name, string File)> All()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (output.Name, output.Parent!.Name);
        foreach (var folder in new[] { "src", "bench", "tests", "samples", "fuzz" })
            foreach (var project in Directory.EnumerateFiles(Checkout.PathOf(folder), "*.csproj", SearchOption.AllDirectories))
            {
                var name = Path.GetFileNameWithoutExtension(project);
                var bin = Path.Combine(Path.GetDirectoryName(project)!, "bin", configuration, framework);

                // The program's own assembly is called as its command is.
                var file = new[] { name, name.ToLowerInvariant() }.Select(one => Path.Combine(bin, $"{one}.dll")).FirstOrDefault(File.Exists);
                if (file is not null)
                    yield return (name, file);
            }
    }
}
