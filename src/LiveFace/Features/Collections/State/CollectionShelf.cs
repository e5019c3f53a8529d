using System.Collections.Concurrent;
using LiveFace.Http;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Collections.State;

/// <summary>
/// All collections with their indexes. A change is in the store before it is in the index; an index that lacks something, or whose
/// snapshot was damaged, is filled from the store when the server starts.
/// </summary>
internal sealed class CollectionShelf : IDisposable
{
    private const int Page = 4096;

    // So many neighbours are held against a filter before the answer says that there may be more.
    private const int MostConsidered = 4096;

    private readonly ConcurrentDictionary<string, (CollectionRecord Record, VectorIndex Index)> _open = new(StringComparer.Ordinal);
    private readonly CollectionStore _store;
    private readonly CollectionsOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Lock _snapshots = new();

    public CollectionShelf(CollectionStore store, IOptions<CollectionsOptions> options, TimeProvider time)
    {
        (_store, _options, _time) = (store, options.Value, time);
        DeleteLeft();
        foreach (var one in store.All)
            _open[one.Name] = (one, Fill(one, VectorIndex.Open(PathOf(one.Name), one.Dimensions, one.Snapshot)));
    }

    /// <summary>Those of an owner; null is everybody's.</summary>
    public IEnumerable<(CollectionRecord Record, int Count)> Of(string? owner) => _open.Values
        .Where(one => owner is null || one.Record.Owner == owner).Select(one => (one.Record, one.Index.Count)).OrderBy(one => one.Record.Name, StringComparer.Ordinal);

    public (CollectionRecord Record, int Count)? Find(string name) => _open.TryGetValue(name, out var one) ? (one.Record, one.Index.Count) : null;

    /// <summary>Makes a collection; one that is there stays, where it is the same.</summary>
    /// <exception cref="ProblemException">It is another's or of another kind, or the owner has as many as they may.</exception>
    public bool Make(string name, string owner, bool isAdmin, bool ofPictures, int dimensions)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(name, out var known))
                return known.Record.Owner == owner && known.Record.OfPictures == ofPictures && known.Record.Dimensions == dimensions
                    ? false
                    : throw RequestBody.Invalid("name", "is that of another collection");
            if (!isAdmin && _open.Values.Count(one => one.Record.Owner == owner) >= _options.PerKey)
                throw new ProblemException(Problem.QuotaReached, $"This key, with the links made from it, has {_options.PerKey} collections, and may have no more.");
            var made = new CollectionRecord(name, owner, ofPictures, dimensions, _time.GetUtcNow(), null);
            _store.Add(made);
            _open[name] = (made, VectorIndex.Open(PathOf(name), dimensions, null));
            return true;
        }
    }

    /// <summary>Deletes a collection with all that is in it.</summary>
    public void Remove(string name)
    {
        lock (_lock)
        {
            _store.Remove(name);
            if (_open.TryRemove(name, out var gone))
                gone.Index.Dispose();
            File.Delete(PathOf(name));
        }
    }

    /// <exception cref="ProblemException">There are as many items as may be.</exception>
    public void Save(string name, IReadOnlyList<NewItem> items)
    {
        lock (_lock)
        {
            var index = Require(name);
            if (index.Count + items.Count > _options.MostItems)
                throw new ProblemException(Problem.QuotaReached, $"A collection has at most {_options.MostItems} items.");
            var (keys, gone) = _store.Save(name, items);
            foreach (var key in gone)
                index.Remove((ulong)key);
            for (var i = 0; i < keys.Length; i++)
                index.Add((ulong)keys[i], items[i].Vector);
        }
    }

    public ItemRecord? FindItem(string name, string id) => _store.FindItem(name, id);

    public bool RemoveItem(string name, string id)
    {
        lock (_lock)
        {
            if (_store.RemoveItem(name, id) is not { } key)
                return false;
            Require(name).Remove((ulong)key);
            return true;
        }
    }

    /// <summary>The nearest items whose metadata fit, and whether none that is nearer than the last may have been missed for the filter.</summary>
    public (List<(ItemRecord Item, float Distance)> Found, bool IsComplete) Search(string name, float[] vector, int count, MetadataFilter? filter)
    {
        var index = Require(name);
        for (var wanted = filter is null ? count : Math.Max(4 * count, 64); ; wanted *= 4)
        {
            var near = index.Search(vector, Math.Min(wanted, MostConsidered));
            var found = new List<(ItemRecord, float)>();
            foreach (var (key, distance) in near)
                if (found.Count < count && _store.Find(name, key) is { } item && filter?.Fits(item.Metadata) != false)
                    found.Add((item, distance));
            if (found.Count == count || near.Count < Math.Min(wanted, MostConsidered) || near.Count >= index.Count)
                return (found, true);
            if (filter is null || wanted >= MostConsidered)
                return (found, filter is null);
        }
    }

    /// <summary>
    /// Writes the snapshots of those that changed. Where one of the same name was made meanwhile, its record names a file that is not there, and it
    /// is filled from the store.
    /// </summary>
    public void Snapshot()
    {
        lock (_snapshots)
            foreach (var (name, (_, index)) in _open)
                if (index.IsDirty && index.Save() is { } hash)
                    _store.SetSnapshot(name, hash);
    }

    public void Dispose()
    {
        foreach (var (_, index) in _open.Values)
            index.Dispose();
    }

    /// <summary>What a server that was killed left of collections that are gone, or of snapshots that were not finished.</summary>
    private void DeleteLeft()
    {
        var kept = _store.All.Select(one => PathOf(one.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_store.Folder, "*.usearch*").Where(file => !kept.Contains(file)))
            File.Delete(file);
    }

    private VectorIndex Fill(CollectionRecord one, VectorIndex index)
    {
        // What was deleted since the snapshot cannot be told from it: then all is made anew.
        var kept = _store.Count(one.Name);
        var (added, after) = (0, 0L);
        for (var page = _store.Page(one.Name, after, Page); page.Count > 0; page = _store.Page(one.Name, after, Page))
            foreach (var (key, vector) in page)
            {
                after = key;
                if (index.Contains((ulong)key))
                    continue;
                index.Add((ulong)key, vector);
                added++;
            }

        if (index.Count == kept)
            return index;
        index.Dispose();
        return Fill(one with { Snapshot = null }, VectorIndex.Open(PathOf(one.Name), one.Dimensions, null));
    }

    private VectorIndex Require(string name) => _open.TryGetValue(name, out var one) ? one.Index : throw new ProblemException(Problem.NotFound, "There is no such collection.");

    private string PathOf(string name) => Path.Combine(_store.Folder, $"{name}.usearch");
}
