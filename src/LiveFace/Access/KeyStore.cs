using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using LiveFace.Storage;
using Microsoft.Extensions.Options;

namespace LiveFace.Access;

/// <summary>
/// The keys of this server: those of the configuration and those in the database. A new key opens the server once the disk
/// has it; a deleted one is void at once, and the disk's word is owed until it is given. Where servers share a database, this one learns
/// here what the others made and deleted.
/// </summary>
internal sealed class KeyStore : IStoreListener
{
    public const int MaximumKeys = 1000;

    private const string Columns = "id, name, hash, roles, pattern, created, expires";

    private readonly IDatabase _database;
    private readonly OwedWrites _owed;
    private readonly Credentials _credentials;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();

    public KeyStore(
        IDatabase database, OwedWrites owed, Credentials credentials, IOptions<AccessOptions> options, TimeProvider time)
    {
        _database = database;
        _owed = owed;
        _credentials = credentials;
        _time = time;
        var secret = options.Value.Keys.Count > 0 ? Secret(database) : [];
        foreach (var key in options.Value.Keys)
            credentials.TryAdd(FromConfiguration(key, secret));
        foreach (var key in database.Query($"SELECT {Columns} FROM keys ORDER BY created, id", FromRow))
            credentials.TryAdd(key);
    }

    IReadOnlyCollection<string> IStoreListener.Tables => ["keys"];

    public bool IsEmpty => All.Count == 0;

    public IReadOnlyList<Credential> All => [.. _credentials.All
        .Where(c => c.Kind == CredentialKind.Key).OrderBy(c => c.Created).ThenBy(c => c.Id, StringComparer.Ordinal)];

    /// <summary>Makes and stores a key; it is in no log and nowhere else, so the caller must show it now.</summary>
    public (Credential Record, string Key) Make(string name, Roles roles, RoomPattern rooms, DateTimeOffset? expires)
    {
        var (record, key) = New(name, roles, rooms, expires);
        lock (_lock)
        {
            if (All.Count(k => !IsConfigured(k)) >= MaximumKeys)
                throw new InvalidOperationException($"{MaximumKeys} keys are stored; delete some first.");
            Insert("VALUES (@id, @name, @hash, @roles, @pattern, @created, @expires)", record);
            _credentials.TryAdd(record);
        }

        return (record, key);
    }

    /// <summary>Makes an admin's key where there is none at all; null where there is one, as another server of the database made it a moment ago.</summary>
    public string? MakeFirst(string name)
    {
        var (record, key) = New(name, Roles.Admin, RoomPattern.Everything, expires: null);
        lock (_lock)
        {
            if (!IsEmpty)
                return null;

            // Of two servers the second waits at the row until the first has its key in the database, and then sees it.
            const string turn = "INSERT INTO secrets (name, value) VALUES ('start-key', @hash) ON CONFLICT (name) DO UPDATE SET value = @hash;";
            Insert("SELECT @id, @name, @hash, @roles, @pattern, @created, CAST(@expires AS bigint) WHERE NOT EXISTS (SELECT 1 FROM keys)", record, turn);
            if (_database.Query("SELECT 1 FROM keys WHERE id = @id", _ => true, ("@id", record.Id)).Count == 0)
                return null;
            _credentials.TryAdd(record);
        }

        return key;
    }

    /// <summary>
    /// Voids a key and all that was made from it. False when no stored key has the id; keys of the configuration are
    /// removed there.
    /// </summary>
    /// <exception cref="StorageException">It is void, but the disk still has it.</exception>
    public bool Delete(string id)
    {
        if (_credentials.Get(id) is { } known && (known.Kind != CredentialKind.Key || IsConfigured(known)))
            return false;
        var deleted = _credentials.Remove([id]).Count;
        // Links whose key is gone are void when they are read, so those of one that is deleted only take room.
        _owed.Write($"key {id}", () =>
        {
            deleted += _database.Execute("DELETE FROM keys WHERE id = @id", ("@id", id));
            _database.Execute("DELETE FROM links WHERE owner = @id", ("@id", id));
        });
        return deleted > 0;
    }

    void IStoreListener.Changed(IReadOnlyCollection<string> keys)
    {
        lock (_lock)
            foreach (var id in keys)
                if (_database.Query($"SELECT {Columns} FROM keys WHERE id = @id", FromRow, ("@id", id)) is [var key])
                    _credentials.TryAdd(key);
                else
                    _credentials.Remove([id]);
    }

    void IStoreListener.Reload()
    {
        lock (_lock)
        {
            var rows = _database.Query($"SELECT {Columns} FROM keys ORDER BY created, id", FromRow);
            var there = rows.Select(key => key.Id).ToHashSet(StringComparer.Ordinal);
            _credentials.Remove([.. All.Where(key => !IsConfigured(key) && !there.Contains(key.Id)).Select(key => key.Id)]);
            foreach (var key in rows)
                _credentials.TryAdd(key);
        }
    }

    private (Credential Record, string Key) New(string name, Roles roles, RoomPattern rooms, DateTimeOffset? expires)
    {
        var key = KeyText.Make(KeyText.KeyPrefix);
        var id = RandomNumberGenerator.GetHexString(12, lowercase: true);
        return (new Credential(id, CredentialKind.Key, name, KeyText.Hash(key), [new Scope(roles, rooms)], _time.GetUtcNow(), expires) { Owner = id }, key);
    }

    private void Insert(string values, Credential record, string before = "") => _database.Execute(
        $"{before} INSERT INTO keys (id, name, hash, roles, pattern, created, expires) {values}",
        ("@id", record.Id), ("@name", record.Name), ("@hash", record.Hash), ("@roles", (int)record.Scopes[0].Roles), ("@pattern", record.Scopes[0].Rooms.Text),
        ("@created", record.Created.ToUnixTimeSeconds()), ("@expires", record.Expires?.ToUnixTimeSeconds()));

    private static bool IsConfigured(Credential key) => key.Id.StartsWith(ConfiguredPrefix, StringComparison.Ordinal);

    private const string ConfiguredPrefix = "configured-";

    /// <summary>Its id follows from the key, so that links die with the key when it is taken out of the configuration.</summary>
    private Credential FromConfiguration(ConfiguredKey key, byte[] secret)
    {
        _ = RoleNames.TryParse(key.Roles, out var roles, out _);
        _ = RoomPattern.TryParse(key.Pattern, out var rooms);
        var mark = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(key.Key));
        var id = ConfiguredPrefix + Convert.ToHexStringLower(mark.AsSpan(0, 6));
        return new Credential(
            id, CredentialKind.Key, key.Name, KeyText.Hash(key.Key), [new Scope(roles, rooms)], _time.GetUtcNow(), null)
        { Owner = id };
    }

    private static byte[] Secret(IDatabase database)
    {
        List<byte[]> Read() => database.Query("SELECT value FROM secrets WHERE name = 'share'", r => (byte[])r[0]);
        if (Read() is [var kept])
            return kept;
        database.Execute(
            "INSERT INTO secrets (name, value) VALUES ('share', @value) ON CONFLICT (name) DO NOTHING", ("@value", RandomNumberGenerator.GetBytes(32)));
        return Read()[0];
    }

    private static Credential FromRow(DbDataReader row)
    {
        _ = RoomPattern.TryParse(row.GetString(4), out var rooms);
        var id = row.GetString(0);
        return new Credential(
            id, CredentialKind.Key, row.GetString(1), (byte[])row[2], [new Scope((Roles)row.GetInt32(3), rooms)],
            DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(5)),
            row.IsDBNull(6) ? null : DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(6)))
        { Owner = id };
    }
}
