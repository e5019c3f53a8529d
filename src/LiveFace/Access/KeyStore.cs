using System.Collections.Immutable;
using System.Security.Cryptography;
using LiveFace.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace LiveFace.Access;

/// <summary>
/// The keys that open this server: those of the configuration and those in the database. They are few, so a lookup
/// compares against each in constant time and tells nothing by how long it takes.
/// </summary>
internal sealed class KeyStore
{
    public const int MaximumKeys = 1000;

    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private ImmutableArray<KeyRecord> _configured;
    private ImmutableArray<KeyRecord> _stored;

    public KeyStore(Database database, IOptions<AccessOptions> options, TimeProvider time)
    {
        _database = database;
        _time = time;
        _configured = [.. options.Value.Keys.Select(FromConfiguration)];
        _stored = [.. database.Query(
            "SELECT id, name, hash, roles, pattern, created, expires FROM keys ORDER BY created, id", FromRow)];
    }

    public bool IsEmpty => _configured.IsEmpty && _stored.IsEmpty;

    public IReadOnlyList<KeyRecord> All => [.. _configured, .. _stored];

    public KeyRecord? Find(string key)
    {
        var hash = KeyText.Hash(key);
        KeyRecord? found = null;
        foreach (var record in _configured.AddRange(_stored))
            if (CryptographicOperations.FixedTimeEquals(record.Hash, hash))
                found = record;
        return found;
    }

    /// <summary>Makes and stores a key; it is in no log and nowhere else, so the caller must show it now.</summary>
    public (KeyRecord Record, string Key) Make(string name, Roles roles, RoomPattern rooms, DateTimeOffset? expires)
    {
        var key = KeyText.Make();
        var id = RandomNumberGenerator.GetHexString(12, lowercase: true);
        var record = new KeyRecord(id, name, KeyText.Hash(key), roles, rooms, _time.GetUtcNow(), expires);
        lock (_lock)
        {
            if (_stored.Length >= MaximumKeys)
                throw new InvalidOperationException($"{MaximumKeys} keys are stored; delete some first.");
            _database.Execute(
                """
                INSERT INTO keys (id, name, hash, roles, pattern, created, expires)
                VALUES ($id, $name, $hash, $roles, $pattern, $created, $expires)
                """,
                ("$id", record.Id), ("$name", record.Name), ("$hash", record.Hash), ("$roles", (int)record.Roles),
                ("$pattern", record.Rooms.Text), ("$created", record.Created.ToUnixTimeSeconds()),
                ("$expires", record.Expires?.ToUnixTimeSeconds()));
            _stored = _stored.Add(record);
        }

        return (record, key);
    }

    /// <summary>False when no stored key has the id; keys of the configuration are removed there.</summary>
    public bool Delete(string id)
    {
        lock (_lock)
        {
            _stored = _stored.RemoveAll(k => k.Id == id);
            return _database.Execute("DELETE FROM keys WHERE id = $id", ("$id", id)) > 0;
        }
    }

    private KeyRecord FromConfiguration(ConfiguredKey key, int index)
    {
        _ = RoleNames.TryParse(key.Roles, out var roles, out _);
        _ = RoomPattern.TryParse(key.Pattern, out var rooms);
        return new KeyRecord($"configured-{index}", key.Name, KeyText.Hash(key.Key), roles, rooms, _time.GetUtcNow(), null);
    }

    private static KeyRecord FromRow(SqliteDataReader row)
    {
        _ = RoomPattern.TryParse(row.GetString(4), out var rooms);
        return new KeyRecord(
            row.GetString(0), row.GetString(1), (byte[])row[2], (Roles)row.GetInt32(3), rooms,
            DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(5)),
            row.IsDBNull(6) ? null : DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(6)));
    }
}
