namespace LiveFace.Features.Decoding.Libraries;

/// <summary>
/// From which version on a library has no published flaw that strangers' bytes reach here. Debian repairs older versions
/// under their old number, so its packages have bounds of their own.
/// </summary>
/// <param name="Library">Its name.</param>
/// <param name="Source">Debian's source package.</param>
/// <param name="Binaries">How the packages begin that hold the library itself.</param>
/// <param name="Safe">The project's first version without it.</param>
/// <param name="Flaw">What the versions before have.</param>
internal sealed record KnownFlaw(string Library, string Source, string Binaries, string Safe, string Flaw)
{
    /// <summary>The first repaired package of a release, and what the packages before have.</summary>
    public IReadOnlyList<(string Version, string Flaw)> Repaired { get; init; } = [];
}

/// <summary>The libraries that read what strangers send, held against the published advisories.</summary>
internal static class KnownFlaws
{
    /// <summary>Advisories as of November 2026. libspng has none.</summary>
    public static IReadOnlyList<KnownFlaw> All { get; } =
    [
        new("libvpx", "libvpx", "libvpx", "1.14.1", "CVE-2024-5197") { Repaired = [("1.12.0-1+deb12u5", "CVE-2026-2447")] },
        new("OpenH264", "openh264", "libopenh264", "2.6.0", "CVE-2025-27091") { Repaired = [("2.3.1+dfsg-3+deb12u1", "CVE-2025-27091")] },
        new("libwebp", "libwebp", "libwebp", "1.3.2", "CVE-2023-4863") { Repaired = [("1.2.4-0.2+deb12u1", "CVE-2023-4863")] },
        new("libjpeg-turbo", "libjpeg-turbo", "lib", "2.0.6", "CVE-2020-35538"),
        new("FreeType", "freetype", "libfreetype", "2.13.1", "CVE-2025-27363") { Repaired = [("2.12.1+dfsg-5+deb12u4", "CVE-2025-27363")] },
        new("OpenSSL", "openssl", "libssl", "3.0.7", "CVE-2022-3602"),
        new("FFmpeg", "ffmpeg", "libavformat", "5.1.7", "CVE-2023-6605"),
    ];

    /// <summary>A sentence for each library that is older than is known to be safe.</summary>
    /// <param name="packages">What is installed.</param>
    /// <param name="asked">What libraries say of themselves, by their names; only for those of no package.</param>
    public static IReadOnlyList<string> Find(IReadOnlyList<InstalledPackage> packages, Func<string, string?> asked)
    {
        var found = new List<string>();
        foreach (var known in All)
        {
            var installed = packages
                .Where(package => package.Source == known.Source && package.Name.StartsWith(known.Binaries, StringComparison.Ordinal)
                    && !package.Name.EndsWith("-dev", StringComparison.Ordinal))
                .ToList();
            var flaw = installed.Select(package => FlawOf(known, package.Version)).FirstOrDefault(flaw => flaw is not null);
            if (installed.Count == 0 && asked(known.Library) is { } version)
                flaw = FlawOf(known, version);
            if (flaw is not null)
                found.Add(flaw);
        }

        return found;
    }

    private static string? FlawOf(KnownFlaw known, string version)
    {
        if (DebianVersion.Compare(DebianVersion.Upstream(version), known.Safe) >= 0)
            return null;
        var (safe, flaw) = (known.Safe, known.Flaw);
        foreach (var repaired in known.Repaired)
        {
            if (!DebianVersion.Upstream(version).SequenceEqual(DebianVersion.Upstream(repaired.Version)))
                continue;
            if (DebianVersion.Compare(version, repaired.Version) >= 0)
                return null;
            (safe, flaw) = repaired;
        }

        return $"{known.Library} {version} is older than {safe} and not known to be repaired ({flaw}); update it.";
    }
}
