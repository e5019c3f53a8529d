using LiveFace.Features.Jobs.State;
using LiveFace.Storage.Objects;

namespace LiveFace.Features.Jobs.Spread;

/// <summary>
/// Films that a worker has brought from the bucket, each once for all of its pieces. A film stays as long as there is work on it and room for it:
/// those that were used longest ago give way to others, those that somebody reads do not.
/// </summary>
internal sealed class KeptSources(ObjectBucket bucket, string folder, long most, TimeProvider time)
{
    /// <summary>Between two steps of a film's work nothing of it is to be done for a moment.</summary>
    internal static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _films = new(StringComparer.Ordinal);
    private long _made;

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _films.Count == 0;
        }
    }

    /// <summary>A job's film, which stays until it is given back; null where there is no room to keep it.</summary>
    public async Task<KeptSource?> LendAsync(string job, string key, CancellationToken cancel)
    {
        if (Take(job, key, null) is not { } entry)
        {
            var bytes = await bucket.LengthAsync(key, cancel);
            if (Take(job, key, bytes) is not { } made)
                return null;
            entry = made;
        }

        try
        {
            await entry.Coming!.WaitAsync(cancel);
            return new KeptSource(entry.Path, () => GiveBack(job, entry));
        }
        catch
        {
            GiveBack(job, entry);
            throw;
        }
    }

    /// <summary>Deletes films that nobody reads and on which there is no work: at once where the job has none at all, after a while where all that there was is done.</summary>
    /// <param name="known">The jobs that have work, and whether some of it is still to be done.</param>
    public void Drop(IReadOnlyDictionary<string, bool> known)
    {
        lock (_lock)
        {
            foreach (var (job, entry) in _films.Where(film => film.Value.Users == 0).ToList())
                if (!known.TryGetValue(job, out var isOpen) || (!isOpen && time.GetElapsedTime(entry.Used) > Linger))
                    Delete(job, entry);
                else if (isOpen)
                    entry.Used = time.GetTimestamp();
        }
    }

    private Entry? Take(string job, string key, long? bytes)
    {
        lock (_lock)
        {
            if (!_films.TryGetValue(job, out var entry))
            {
                if (bytes is not { } size || !MakeRoom(size))
                    return null;
                entry = _films[job] = new Entry(Path.Combine(folder, $"{_made++}"), size);
                entry.Coming = ComeAsync(job, key, entry);
            }

            entry.Users++;
            return entry;
        }
    }

    /// <summary>Deletes what was used longest ago until there is room for so much; false where what is in use leaves none.</summary>
    private bool MakeRoom(long bytes)
    {
        if (bytes > most)
            return false;
        JobFiles.MakePrivate(folder);
        var idle = new Queue<KeyValuePair<string, Entry>>(_films.Where(film => film.Value.Users == 0).OrderBy(film => film.Value.Used));
        while (idle.Count > 0 && (_films.Values.Sum(film => film.Bytes) + bytes > most || new DriveInfo(folder).AvailableFreeSpace < bytes))
        {
            var (job, entry) = idle.Dequeue();
            Delete(job, entry);
        }

        return _films.Values.Sum(film => film.Bytes) + bytes <= most;
    }

    private async Task ComeAsync(string job, string key, Entry entry)
    {
        // The lock is held by who calls.
        await Task.Yield();
        try
        {
            await bucket.GetAsync(key, entry.Path, entry.Stop.Token);
            lock (_lock)
                if (!_films.ContainsValue(entry))
                    File.Delete(entry.Path);
        }
        catch
        {
            // Whoever waits for it tries again, and does not find this one.
            lock (_lock)
                Forget(job, entry);
            throw;
        }
    }

    private void GiveBack(string job, Entry entry)
    {
        lock (_lock)
        {
            entry.Used = time.GetTimestamp();
            if (--entry.Users > 0 || entry.Coming!.IsCompleted)
                return;
            Forget(job, entry);
        }

        // Nobody waits for it any more.
        entry.Stop.Cancel();
    }

    private void Delete(string job, Entry entry)
    {
        Forget(job, entry);
        File.Delete(entry.Path);
    }

    private void Forget(string job, Entry entry)
    {
        if (_films.TryGetValue(job, out var now) && ReferenceEquals(now, entry))
            _films.Remove(job);
    }

    private sealed class Entry(string path, long bytes)
    {
        public string Path => path;

        public long Bytes => bytes;

        public CancellationTokenSource Stop { get; } = new();

        public Task? Coming { get; set; }

        public int Users { get; set; }

        public long Used { get; set; }
    }
}

/// <summary>A film that stays where it is until this is disposed of.</summary>
internal sealed class KeptSource(string path, Action giveBack) : IDisposable
{
    private Action? _giveBack = giveBack;

    public string Path => path;

    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
