using System.Collections.Concurrent;

namespace LiveFace.Cluster.Ownership;

/// <summary>What this node owns: the rooms of its tenure, as long as its lease lasts.</summary>
public sealed class RoomOwners(string node, OwnerTable table, Lease lease) : IRoomOwners, INotedPolicies
{
    private readonly ConcurrentDictionary<string, long> _held = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _leaving = new(StringComparer.Ordinal);
    private long _tenure;

    /// <inheritdoc/>
    public string Node { get; } = node;

    /// <summary>Whether this node takes rooms that it does not have yet.</summary>
    public bool TakesNew { get; set; } = true;

    /// <summary>Rooms that this node holds, with their epochs.</summary>
    public IReadOnlyCollection<KeyValuePair<string, long>> Held => [.. _held];

    /// <inheritdoc/>
    public bool Owns(string room) => EpochHere(room) is not null;

    /// <inheritdoc/>
    public long? EpochHere(string room) => lease.IsOpen && _held.TryGetValue(room, out var epoch) && !_leaving.ContainsKey(room) ? epoch : null;

    /// <inheritdoc/>
    public async ValueTask<RoomOwner?> FindAsync(string room, CancellationToken cancel) => await table.FindAsync(room, cancel).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<RoomOwner> ClaimAsync(string room, CancellationToken cancel)
    {
        var tenure = Volatile.Read(ref _tenure);
        if (tenure == 0 || !lease.IsOpen)
            throw new ClusterException("This node has no lease now.");
        if (!TakesNew && !_held.ContainsKey(room))
            throw new ClusterException("This node takes no new rooms.");
        if (_leaving.ContainsKey(room))
            throw new ClusterException("This room is being given up.");
        var (owner, of) = await table.ClaimAsync(room, tenure, cancel).ConfigureAwait(false);
        if (of == tenure)
            _held[room] = owner.Epoch;

        // The tenure may have ended while the store answered.
        if (tenure != Volatile.Read(ref _tenure))
        {
            _held.TryRemove(new(room, owner.Epoch));
            throw new ClusterException("This node lost its lease.");
        }

        return owner;
    }

    /// <inheritdoc/>
    public string? FindPolicy(string room) => table.FindPolicy(room);

    /// <inheritdoc/>
    public void NotePolicy(string room, string? policy)
    {
        if (EpochHere(room) is not { } epoch || !table.TryNotePolicy(room, epoch, policy))
            throw new ClusterException("This room is another node's now; ask again.");
    }

    /// <summary>Gives a room up in which nobody is any more.</summary>
    public async Task ReleaseAsync(string room, CancellationToken cancel)
    {
        if (!_leaving.TryAdd(room, 0))
            return;
        try
        {
            if (_held.TryGetValue(room, out var epoch))
            {
                await table.ReleaseAsync(room, epoch, cancel).ConfigureAwait(false);
                _held.TryRemove(new(room, epoch));
            }
        }
        finally
        {
            _leaving.TryRemove(room, out _);
        }
    }

    internal void Begin(long tenure) => Volatile.Write(ref _tenure, tenure);

    /// <summary>Holds nothing any more; gives what it held.</summary>
    internal void Lose()
    {
        Volatile.Write(ref _tenure, 0);
        _held.Clear();
    }

    /// <summary>Forgets what the store no longer gives to this tenure; gives those rooms.</summary>
    internal IReadOnlyList<string> Compare(IReadOnlyDictionary<string, long> stored, IReadOnlyCollection<KeyValuePair<string, long>> heldBefore)
    {
        var lost = new List<string>();
        foreach (var (room, epoch) in heldBefore)
        {
            if (stored.TryGetValue(room, out var now) && now == epoch)
                continue;
            if (_held.TryRemove(new(room, epoch)) && !_leaving.ContainsKey(room))
                lost.Add(room);
        }

        return lost;
    }
}
