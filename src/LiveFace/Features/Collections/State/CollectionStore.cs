using System.Runtime.InteropServices;
using LiveFace.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Collections.State;

/// <summary>
/// What collections hold, in a SQLite file of their own: vectors are large, and the server's keys are not to lie among them. It is
/// the truth; indexes are made from it.
/// </summary>
internal sealed class CollectionStore : IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;
        CREATE TABLE IF NOT EXISTS collections (
            name TEXT PRIMARY KEY, owner TEXT NOT NULL, pictures INTEGER NOT NULL, dimensions INTEGER NOT NULL, created INTEGER NOT NULL, snapshot TEXT NULL);
        CREATE TABLE IF NOT EXISTS items (
            key INTEGER PRIMARY KEY AUTOINCREMENT, collection TEXT NOT NULL, id TEXT NOT NULL, vector BLOB NOT NULL, metadata TEXT NOT NULL,
            created INTEGER NOT NULL, UNIQUE (collection, id));
        """;

    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly SqliteConnection _connection;
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;

    public CollectionStore(IOptions<CollectionsOptions> options, Database database, TimeProvider time)
    {
        _time = time;
        Folder = Path.GetFullPath(options.Value.Folder ?? Path.Combine(database.Folder, "collections"));
        Directory.CreateDirectory(Folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Folder, OwnerFolder);
        _connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "items.db")};Pooling=False;Default Timeout=2");
        _connection.Open();
        Execute(Schema);
    }

    public string Folder { get; }

    public IReadOnlyList<CollectionRecord> All => Query("SELECT name, owner, pictures, dimensions, created, snapshot FROM collections ORDER BY name", row => new CollectionRecord(
        row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetInt32(3), At(row, 4), row.IsDBNull(5) ? null : row.GetString(5)));

    public void Add(CollectionRecord one) => Execute(
        "INSERT INTO collections (name, owner, pictures, dimensions, created) VALUES ($name, $owner, $pictures, $dimensions, $created)",
        ("$name", one.Name), ("$owner", one.Owner), ("$pictures", one.OfPictures), ("$dimensions", one.Dimensions), ("$created", one.Created.ToUnixTimeMilliseconds()));

    public void Remove(string name) => Execute(
        "DELETE FROM items WHERE collection = $name; DELETE FROM collections WHERE name = $name; PRAGMA wal_checkpoint(TRUNCATE)", ("$name", name));

    /// <summary>What a snapshot that was written is, or null for none.</summary>
    public void SetSnapshot(string name, string? sha256) => Execute("UPDATE collections SET snapshot = $sha WHERE name = $name", ("$sha", sha256), ("$name", name));

    public int Count(string name) => Query("SELECT COUNT(*) FROM items WHERE collection = $name", row => row.GetInt32(0), ("$name", name))[0];

    /// <summary>Keeps items all or none; those of the same ids are replaced. Gives the keys of each, and those that went.</summary>
    /// <exception cref="StorageException">None is kept.</exception>
    public (long[] Keys, long[] Gone) Save(string name, IReadOnlyList<NewItem> items)
    {
        lock (_lock)
        {
            Execute("BEGIN IMMEDIATE");
            try
            {
                var (keys, gone) = (new long[items.Count], new List<long>());
                for (var i = 0; i < items.Count; i++)
                {
                    gone.AddRange(Query("DELETE FROM items WHERE collection = $name AND id = $id RETURNING key", row => row.GetInt64(0), ("$name", name), ("$id", items[i].Id)));
                    keys[i] = Query(
                        "INSERT INTO items (collection, id, vector, metadata, created) VALUES ($name, $id, $vector, $metadata, $created) RETURNING key", row => row.GetInt64(0),
                        ("$name", name), ("$id", items[i].Id), ("$vector", MemoryMarshal.AsBytes<float>(items[i].Vector).ToArray()), ("$metadata", items[i].Metadata),
                        ("$created", _time.GetUtcNow().ToUnixTimeMilliseconds()))[0];
                }

                Execute("COMMIT");
                return (keys, [.. gone.Except(keys)]);
            }
            catch (Exception error) when (error is SqliteException or StorageException)
            {
                Execute("ROLLBACK");
                throw error as StorageException ?? new StorageException($"The server cannot write to its disk ({error.Message}).", error);
            }
        }
    }

    /// <summary>Deletes an item; gives its key.</summary>
    public long? RemoveItem(string name, string id)
    {
        var gone = Query("DELETE FROM items WHERE collection = $name AND id = $id RETURNING key", row => row.GetInt64(0), ("$name", name), ("$id", id));
        if (gone.Count == 0)
            return null;
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return gone[0];
    }

    public ItemRecord? FindItem(string name, string id) => Query(
        "SELECT key, id, metadata, created FROM items WHERE collection = $name AND id = $id", Read, ("$name", name), ("$id", id)).FirstOrDefault();

    public ItemRecord? Find(string name, ulong key) => Query(
        "SELECT key, id, metadata, created FROM items WHERE key = $key AND collection = $name", Read, ("$key", (long)key), ("$name", name)).FirstOrDefault();

    /// <summary>Keys and vectors after a key, in order.</summary>
    public IReadOnlyList<(long Key, float[] Vector)> Page(string name, long after, int most) => Query(
        "SELECT key, vector FROM items WHERE collection = $name AND key > $after ORDER BY key LIMIT $most",
        row => (row.GetInt64(0), MemoryMarshal.Cast<byte, float>(row.GetFieldValue<byte[]>(1)).ToArray()), ("$name", name), ("$after", after), ("$most", most));

    public void Dispose() => _connection.Dispose();

    private static ItemRecord Read(SqliteDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2), At(row, 3));

    private static DateTimeOffset At(SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private void Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (_lock)
        {
            try
            {
                using var command = Prepare(sql, parameters);
                command.ExecuteNonQuery();
            }
            catch (SqliteException error)
            {
                throw new StorageException($"The server cannot write to its disk ({error.Message}).", error);
            }
        }
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (_lock)
        {
            using var command = Prepare(sql, parameters);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
                rows.Add(read(reader));
            return rows;
        }
    }

#pragma warning disable CA2100 // Every statement is a constant of this program; values go in as parameters.
    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = new SqliteCommand(sql, _connection);
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
#pragma warning restore CA2100
}
