namespace LiveFace.Features.Decoding.Libraries;

/// <summary>A package that is installed.</summary>
/// <param name="Name">Its own.</param>
/// <param name="Source">What it was built from.</param>
/// <param name="Version">With epoch and revision.</param>
internal sealed record InstalledPackage(string Name, string Source, string Version);

/// <summary>What dpkg has installed, on Debian and what comes of it; empty elsewhere.</summary>
internal static class InstalledPackages
{
    private const string StatusFile = "/var/lib/dpkg/status";

    public static IReadOnlyList<InstalledPackage> Read(string statusFile = StatusFile)
    {
        var packages = new List<InstalledPackage>();
        try
        {
            string? name = null, source = null, version = null;
            var isInstalled = false;
            foreach (var line in File.ReadLines(statusFile).Append(""))
            {
                if (line.Length == 0)
                {
                    if (isInstalled && name is not null && version is not null)
                        packages.Add(new InstalledPackage(name, source ?? name, version));
                    (name, source, version, isInstalled) = (null, null, null, false);
                }
                else if (line.StartsWith("Package: ", StringComparison.Ordinal))
                {
                    name = line[9..];
                }
                else if (line.StartsWith("Source: ", StringComparison.Ordinal))
                {
                    // The source's own version, where it is another, stands behind it.
                    source = line[8..].Split(' ')[0];
                }
                else if (line.StartsWith("Version: ", StringComparison.Ordinal))
                {
                    version = line[9..];
                }
                else if (line.StartsWith("Status: ", StringComparison.Ordinal))
                {
                    isInstalled = line.EndsWith(" installed", StringComparison.Ordinal);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another system: libraries are asked themselves.
        }

        return packages;
    }
}
