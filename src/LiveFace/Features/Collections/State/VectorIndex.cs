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
    private List<(ulong Key, float[] Vector)> _since = [];
    private USearchIndex? _frozen;
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
                return (int)((_base?.Size() ?? 0) + (_frozen?.Size() ?? 0) + _delta.Size()) - _gone.Count;
        }
    }

    /// <summary>Whether the snapshot lacks anything.</summary>
    public bool IsDirty
    {
        get
        {
            lock (_lock)
                return _since.Count > 0 || _gone.Count > 0 || _frozen is not null;
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
            return !_gone.Contains(key) && (IsBelow(key) || _delta.Contains(key));
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
            else if (IsBelow(key))
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
            Add(_frozen, _gone.Count);
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
            List<(ulong Key, float[] Vector)> since;
            lock (_lock)
            {
                if (_isClosed)
                    return null;
                (gone, since) = ([.. _gone], _since);
                (_frozen, _delta, _since) = (_delta, Make(_dimensions), []);
            }

            try
            {
                WriteAll(part, gone, since);
                var hash = HashOf(part);
                return TryMap(part, gone) ? hash : null;
            }
            catch
            {
                if (!TryThaw(since))
                    return null;
                throw;
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

        // What is frozen is being written, and closed by that.
    }

    /// <summary>What is frozen changes no more: what goes from it is noted as gone.</summary>
    private bool IsBelow(ulong key) => _base?.Contains(key) == true || _frozen?.Contains(key) == true;

    private void WriteAll(string path, HashSet<ulong> gone, List<(ulong Key, float[] Vector)> since)
    {
        if (_base is null)
        {
            _frozen!.Save(path);
            return;
        }

        using var whole = new USearchIndex(_path, view: false);
        foreach (var key in gone)
            whole.Remove(key);
        foreach (var (key, vector) in since)
            whole.Add(key, vector);
        whole.Save(path);
    }

    /// <summary>Takes the new snapshot for what it was made of; what came and went meanwhile stays beside it. False where the index was closed.</summary>
    private bool TryMap(string part, HashSet<ulong> gone)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                _frozen!.Dispose();
                return false;
            }

            File.Move(part, _path, overwrite: true);
            // What is mapped stays, under whatever name the file had.
            var before = _base;
            _base = new USearchIndex(_path, view: true);
            before?.Dispose();
            _frozen!.Dispose();
            _frozen = null;
            _gone.ExceptWith(gone);
            return true;
        }
    }

    /// <summary>Nothing was written: what was frozen for it is in memory as before. False where the index was closed.</summary>
    private bool TryThaw(List<(ulong Key, float[] Vector)> since)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                _frozen!.Dispose();
                return false;
            }

            since.RemoveAll(one => _gone.Remove(one.Key));
            since.AddRange(_since);
            _frozen!.Dispose();
            _delta.Dispose();
            (_frozen, _delta, _since) = (null, Make(_dimensions), since);
            foreach (var (key, vector) in since)
                _delta.Add(key, vector);
            return true;
        }
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
