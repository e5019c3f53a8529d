using System.Collections.Immutable;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using LiveFace.Http;
using LiveFace.Storage;
using Microsoft.Extensions.Options;

namespace LiveFace.Access;

/// <summary>
/// Links: credentials that callers make from what they have, with less than they have, for a time. Each keeps what it was
/// made from; what is gone from here, or has lost its parent, opens nothing. To take one back memory goes first, then the disk.
/// </summary>
internal sealed class LinkStore : IStoreListener
{
    public const int MaximumLinks = 20_000;
    public const int MaximumDepth = 4;

    private const string Columns = "id, parent, owner, depth, kind, name, hash, scopes, room, created, expires";

    private readonly IDatabase _database;
    private readonly OwedWrites _owed;
    private readonly Credentials _credentials;
    private readonly TimeProvider _time;
    private readonly int _perKey;
    private readonly Lock _lock = new();

    /// <param name="keys">Are read before their links, because a link without its parent is left out.</param>
    public LinkStore(
        IDatabase database, OwedWrites owed, Credentials credentials, KeyStore keys, IOptions<QuotaOptions> quotas, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _database = database;
        _owed = owed;
        _credentials = credentials;
        _time = time;
        _perKey = quotas.Value.LinksPerKey;
        foreach (var link in database.Query($"SELECT {Columns} FROM links ORDER BY depth", FromRow))
            if (link.Expires > time.GetUtcNow())
                credentials.TryAdd(link);
        try
        {
            Purge();
        }
        catch (StorageException)
        {
            // They open nothing, and are taken out when the disk takes writes.
        }
    }

    IReadOnlyCollection<string> IStoreListener.Tables => ["links"];

    private IEnumerable<Credential> Links => _credentials.All.Where(c => c.Kind != CredentialKind.Key);

    /// <summary>All that stand, places in meetings too.</summary>
    public IEnumerable<Credential> All => Links.Where(link => link.Expires > _time.GetUtcNow());

    /// <summary>The links that were made for a room.</summary>
    public IEnumerable<Credential> Of(string room) => Links.Where(l => l.Room == room && l.Kind == CredentialKind.Link);

    /// <summary>The links that reach no further than these rooms.</summary>
    public IEnumerable<Credential> Within(RoomPattern rooms) =>
        Links.Where(l => l.Scopes.All(s => rooms.Includes(s.Rooms)));

    /// <summary>Everybody who has a place in a meeting.</summary>
    public IEnumerable<Credential> Participants(string meeting) => Links
        .Where(l => l.Kind == CredentialKind.Participant && l.Room!.StartsWith($"{meeting}.", StringComparison.Ordinal));

    /// <summary>Makes and stores a link; its token is nowhere else, so the caller must show it now. It never outlives its giver.</summary>
    public (Credential Link, string Token) Make(
        Grant giver, CredentialKind kind, string name, ImmutableArray<Scope> scopes, string room, DateTimeOffset expires)
    {
        var parent = giver.Credential is { } id ? _credentials.Get(id) ?? throw new ProblemException(Problem.KeyInvalid) : null;
        var token = KeyText.Make(KeyText.SharePrefix);
        var link = new Credential(
            RandomNumberGenerator.GetHexString(12, lowercase: true), kind, name, KeyText.Hash(token), scopes, _time.GetUtcNow(),
            giver.Expires < expires ? giver.Expires : expires)
        {
            Parent = parent?.Id, Owner = giver.Owner, Depth = (parent?.Depth ?? 0) + 1, Room = room,
        };
        if (link.Depth > MaximumDepth)
            throw new ProblemException(Problem.NotAllowed, $"A link can be made from a link {MaximumDepth - 1} times in a row.");
        lock (_lock)
        {
            Require(giver);
            _database.Execute(
                $"""
                INSERT INTO links ({Columns})
                VALUES (@id, @parent, @owner, @depth, @kind, @name, @hash, @scopes, @room, @created, @expires)
                """,
                ("@id", link.Id), ("@parent", link.Parent), ("@owner", link.Owner), ("@depth", link.Depth), ("@kind", (int)kind),
                ("@name", name), ("@hash", link.Hash), ("@scopes", Scope.Write(scopes)), ("@room", room),
                ("@created", link.Created.ToUnixTimeSeconds()), ("@expires", link.Expires!.Value.ToUnixTimeSeconds()));
            if (!_credentials.TryAdd(link))
                throw new ProblemException(Problem.KeyInvalid, "The key that it was made from has been taken back.");
        }

        return (link, token);
    }

    /// <summary>Voids links and all that was made from them, and closes what they opened.</summary>
    /// <exception cref="StorageException">They are void, but the disk still has them.</exception>
    public void Revoke(IReadOnlyCollection<string> ids)
    {
        if (ids.Count == 0)
            return;
        _credentials.Remove(ids);
        // An id is hexadecimal, so it has none of the signs that LIKE knows.
        var list = JsonSerializer.Serialize(ids);
        _owed.Write($"links {list}", () => _database.Execute(
            """DELETE FROM links WHERE @ids LIKE '%"' || id || '"%' OR @ids LIKE '%"' || parent || '"%'""", ("@ids", list)));
    }

    void IStoreListener.Changed(IReadOnlyCollection<string> keys)
    {
        lock (_lock)
            foreach (var id in keys)
                if (_database.Query($"SELECT {Columns} FROM links WHERE id = @id", FromRow, ("@id", id)) is [var link] && link.Expires > _time.GetUtcNow())
                    _credentials.TryAdd(link);
                else
                    _credentials.Remove([id]);
    }

    void IStoreListener.Reload()
    {
        lock (_lock)
        {
            var rows = _database.Query($"SELECT {Columns} FROM links ORDER BY depth", FromRow).Where(link => link.Expires > _time.GetUtcNow()).ToList();
            var there = rows.Select(link => link.Id).ToHashSet(StringComparer.Ordinal);
            _credentials.Remove([.. Links.Where(link => !there.Contains(link.Id)).Select(link => link.Id)]);
            foreach (var link in rows)
                _credentials.TryAdd(link);
        }
    }

    private void Require(Grant giver)
    {
        if (Links.Count() < MaximumLinks && CountOf(giver) < _perKey)
            return;
        Purge();
        if (CountOf(giver) >= _perKey)
            throw new ProblemException(Problem.QuotaReached, $"The key has its {_perKey} links; take some back first.");
        if (Links.Count() >= MaximumLinks)
            throw new ProblemException(Problem.QuotaReached, $"The server has its {MaximumLinks} links.");
    }

    private int CountOf(Grant giver) => Links.Count(l => l.Owner == giver.Owner);

    private void Purge()
    {
        var now = _time.GetUtcNow();
        _database.Execute("DELETE FROM links WHERE expires <= @now", ("@now", now.ToUnixTimeSeconds()));
        _credentials.Remove([.. Links.Where(l => l.Expires <= now).Select(l => l.Id)]);
    }

    private static Credential FromRow(DbDataReader row) => new(
        row.GetString(0), (CredentialKind)row.GetInt32(4), row.GetString(5), (byte[])row[6], Scope.Read(row.GetString(7)),
        DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(9)), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(10)))
    {
        Parent = row.IsDBNull(1) ? null : row.GetString(1), Owner = row.GetString(2), Depth = row.GetInt32(3), Room = row.GetString(8),
    };
}
