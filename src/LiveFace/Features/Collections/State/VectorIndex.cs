using System.Security.Cryptography;
using Cloud.Unum.USearch;

namespace LiveFace.Features.Collections.State;

/// <summary>
/// Nearest neighbours by cosine: a snapshot that is mapped from the disk, and beside it, in memory, what came since. A snapshot
/// is read only when it is the very file that was written.
/// </summary>
internal sealed class VectorIndex : IDisposable
{
    // HNSW looks at as many candidates as it is asked for: so many give the recall that docs/reference/search.md tells.
    private const int Candidates = 256;

    private readonly string _path;
    private readonly int _dimensions;
    private readonly Lock _lock = new();
    private readonly Lock _saving = new();
    private readonly HashSet<ulong> _gone = [];
    private USearchIndex? _base;
    private USearchIndex _delta;
    private readonly List<(ulong Key, float[] Vector)> _since = [];
    private bool _isClosed;

    private VectorIndex(string path, int dimensions, USearchIndex? mapped)
    {
        (_path, _dimensions, _base) = (path, dimensions, mapped);
        _delta = Make(dimensions);
    }

    /// <summary>How many vectors are in it.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return (int)((_base?.Size() ?? 0) + _delta.Size()) - _gone.Count;
        }
    }

    /// <summary>Whether the snapshot lacks anything.</summary>
    public bool IsDirty
    {
        get
        {
            lock (_lock)
                return _since.Count > 0 || _gone.Count > 0;
        }
    }

    /// <summary>Maps the snapshot of that hash; without it, or where it is damaged, the index is empty and has to be filled.</summary>
    public static VectorIndex Open(string path, int dimensions, string? sha256)
    {
        try
        {
            if (sha256 is not null && File.Exists(path) && HashOf(path) == sha256)
                return new VectorIndex(path, dimensions, new USearchIndex(path, view: true));
        }
        catch (Exception error) when (error is USearchException or IOException or UnauthorizedAccessException)
        {
            // It is made anew from what the store holds.
        }

        return new VectorIndex(path, dimensions, mapped: null);
    }

    /// <summary>Whether a key is in the snapshot or came since.</summary>
    public bool Contains(ulong key)
    {
        lock (_lock)
            return !_gone.Contains(key) && (_base?.Contains(key) == true || _delta.Contains(key));
    }

    public void Add(ulong key, float[] vector)
    {
        lock (_lock)
        {
            _delta.Add(key, vector);
            _since.Add((key, vector));
        }
    }

    public void Remove(ulong key)
    {
        lock (_lock)
        {
            if (_delta.Remove(key) > 0)
                _since.RemoveAll(one => one.Key == key);
            else if (_base?.Contains(key) == true)
                _gone.Add(key);
        }
    }

    /// <summary>The nearest, and their distances: 0 for the same direction, 2 for the opposite.</summary>
    public List<(ulong Key, float Distance)> Search(float[] vector, int count)
    {
        lock (_lock)
        {
            var found = new List<(ulong Key, float Distance)>();
            Add(_base, _gone.Count);
            Add(_delta, 0);
            found.Sort(static (a, b) => a.Distance.CompareTo(b.Distance));
            return found.Count > count ? found[..count] : found;

            void Add(USearchIndex? index, int gone)
            {
                if (index is null || index.Size() == 0)
                    return;
                var wanted = (int)Math.Min(index.Size(), (ulong)Math.Max(Candidates, count + Math.Min(gone, Candidates)));
                var got = index.Search(vector, wanted, out var keys, out var distances);
                for (var i = 0; i < got; i++)
                    if (!_gone.Contains(keys[i]))
                        found.Add((keys[i], distances[i]));
            }
        }
    }

    /// <summary>
    /// Writes all of it as the new snapshot, beside searches and changes, and maps that. Gives its hash; null where the index was closed
    /// meanwhile, and nothing is left on the disk.
    /// </summary>
    public string? Save()
    {
        lock (_saving)
        {
            var part = _path + ".part";
            HashSet<ulong> gone;
            Dictionary<ulong, float[]> since;
            bool isFirst;
            lock (_lock)
                (gone, since, isFirst) = ([.. _gone], _since.ToDictionary(one => one.Key, one => one.Vector), _base is null);
            try
            {
                WriteAll(part, gone, since, isFirst);
                var hash = HashOf(part);
                lock (_lock)
                {
                    if (_isClosed)
                        return null;
                    File.Move(part, _path, overwrite: true);
                    Map(gone, since);
                }

                return hash;
            }
            finally
            {
                File.Delete(part);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _base?.Dispose();
            _delta.Dispose();
        }
    }

    private void WriteAll(string path, HashSet<ulong> gone, Dictionary<ulong, float[]> since, bool isFirst)
    {
        using var whole = isFirst ? Make(_dimensions) : new USearchIndex(_path, view: false);
        foreach (var key in gone)
            whole.Remove(key);
        foreach (var (key, vector) in since)
            whole.Add(key, vector);
        whole.Save(path);
    }

    /// <summary>Takes the new snapshot for what it was made of; what came and went meanwhile stays beside it.</summary>
    private void Map(HashSet<ulong> gone, Dictionary<ulong, float[]> since)
    {
        // What is mapped stays, under whatever name the file had.
        var before = _base;
        _base = new USearchIndex(_path, view: true);
        before?.Dispose();
        _gone.ExceptWith(gone);
        _gone.UnionWith(since.Keys.Except(_since.Select(one => one.Key)));
        _since.RemoveAll(one => since.ContainsKey(one.Key));
        _delta.Dispose();
        _delta = Make(_dimensions);
        foreach (var (key, vector) in _since)
            _delta.Add(key, vector);
    }

    private static USearchIndex Make(int dimensions) => new(new IndexOptions
    {
        metric_kind = MetricKind.Cos, quantization = ScalarKind.Float32, dimensions = (ulong)dimensions, connectivity = 16, expansion_add = 128,
        expansion_search = Candidates, multi = false,
    });

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
