using LiveFace.Features.Jobs.State;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Jobs;

/// <summary>Looks at all files of some folders, over and over, for bytes that must lie in none.</summary>
internal sealed class DiskWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);

    public DiskWatch(string[] folders, byte[][] plain)
    {
        void Watch()
        {
            while (!_stop.IsCancellationRequested)
            {
                foreach (var file in Find(folders, plain))
                    _found.Add(file);
                Looks++;
            }
        }

#pragma warning disable RS0030 // It looks all the time, beside the test.
        _watching = Task.Run(Watch);
#pragma warning restore RS0030
    }

    public int Looks { get; private set; }

    /// <summary>Stops, and gives the files that held any.</summary>
    public async Task<IReadOnlyCollection<string>> EndAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        return _found;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
    }

    /// <summary>The files that hold any of these bytes.</summary>
    public static List<string> Find(string[] folders, byte[][] plain)
    {
        var found = new List<string>();
        foreach (var file in folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 })))
        {
            try
            {
                // The runtime's pipes, which have no length, give nothing.
                if (new FileInfo(file).Length == 0)
                    continue;
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var all = new MemoryStream();
                stream.CopyTo(all);
                var bytes = all.GetBuffer().AsSpan(0, (int)all.Length);
                foreach (var one in plain)
                    if (bytes.IndexOf(one) >= 0)
                        found.Add($"{file}: {Convert.ToHexString(one.AsSpan(0, 8))}");
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It went, or is held, while it was looked at.
            }
        }

        return found;
    }
}

internal static class DiskWatchServices
{
    public static string GetFilms(this IServiceProvider services) => services.GetRequiredService<JobFiles>().Folder;
}
