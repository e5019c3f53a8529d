using System.Collections.Concurrent;

namespace LiveFace.Access;

/// <summary>
/// All keys and links that open this server now. One that is not here opens nothing, and taking one out takes out all that
/// was made from it. They are found by the hash of their secret, so how long a look takes tells nothing about the secret.
/// </summary>
internal sealed class Credentials
{
    private const int MostRemembered = 100_000;

    private readonly ConcurrentDictionary<string, Credential> _byHash = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Credential> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Credential> _byOwnRoom = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private readonly Queue<string> _goneFirst = new();
    private readonly Lock _lock = new();

    /// <summary>Something was taken back: what is open under it is to be closed.</summary>
    public event EventHandler? Revoked;

    public IEnumerable<Credential> All => _byId.Values;

    public Credential? Find(string secret) => _byHash.GetValueOrDefault(Convert.ToHexString(KeyText.Hash(secret)));

    public Credential? Get(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Whose room it is, if it is a participant's.</summary>
    public Credential? OwnerOf(string room) => _byOwnRoom.GetValueOrDefault(room);

    /// <summary>Whether what it came from still stands; another system's word stands until it expires.</summary>
    public bool IsAlive(Grant grant, DateTimeOffset now) =>
        !grant.IsExpired(now) && grant.Recheck is not { IsOver: true } && (grant.Credential is not { } id || (_byId.TryGetValue(id, out var stands) && stands.Gives(grant)));

    /// <summary>Whether the grant is the room's owner's, or was made from it.</summary>
    public bool Owns(Grant grant, Credential owner)
    {
        for (var at = grant.Credential; at is not null; at = Get(at)?.Parent)
            if (at == owner.Id)
                return true;
        return false;
    }

    /// <summary>
    /// Adds it, or puts it in the place of what it was before: what is open under that and would be no more ends. False when what it was made
    /// from is gone, or it was taken back here, which a row that is not deleted yet does not undo.
    /// </summary>
    public bool TryAdd(Credential credential)
    {
        Credential? before;
        lock (_lock)
        {
            if (_gone.Contains(credential.Id) || (credential.Parent is { } parent && !_byId.ContainsKey(parent)))
                return false;
            if (_byId.TryGetValue(credential.Id, out before))
            {
                if (before.Equals(credential))
                    return true;
                _byHash.TryRemove(Convert.ToHexString(before.Hash), out _);
            }

            _byId[credential.Id] = credential;
            _byHash[Convert.ToHexString(credential.Hash)] = credential;
            if (credential is { Kind: CredentialKind.Participant, Room: { } room })
                _byOwnRoom[room] = credential;
        }

        if (before is not null)
            Revoked?.Invoke(this, EventArgs.Empty);
        return true;
    }

    /// <summary>Takes out these and all that was made from them; gives back everything that went.</summary>
    public IReadOnlyList<Credential> Remove(IReadOnlyCollection<string> ids)
    {
        var gone = new List<Credential>();
        lock (_lock)
        {
            var children = _byId.Values.Where(c => c.Parent is not null).ToLookup(c => c.Parent!, c => c.Id);
            var next = new Queue<string>(ids);
            while (next.TryDequeue(out var id))
            {
                Remember(id);
                if (!_byId.TryRemove(id, out var credential))
                    continue;
                gone.Add(credential);
                _byHash.TryRemove(Convert.ToHexString(credential.Hash), out _);
                if (credential is { Kind: CredentialKind.Participant, Room: { } room })
                    _byOwnRoom.TryRemove(new KeyValuePair<string, Credential>(room, credential));
                foreach (var child in children[id])
                    next.Enqueue(child);
            }
        }

        if (gone.Count > 0)
            Revoked?.Invoke(this, EventArgs.Empty);
        return gone;
    }

    /// <summary>Ids are random and come never again; those of long ago are gone from every disk.</summary>
    private void Remember(string id)
    {
        if (!_gone.Add(id))
            return;
        _goneFirst.Enqueue(id);
        if (_goneFirst.Count > MostRemembered)
            _gone.Remove(_goneFirst.Dequeue());
    }
}
