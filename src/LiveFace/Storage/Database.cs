using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace LiveFace.Storage;

/// <summary>
/// One SQLite file with keys, links, secrets, stickers, room policies, jobs, corrections, feedback and people who agreed to be known again; where
/// servers share a PostgreSQL, with what is of this machine alone: jobs, corrections, feedback. Calls are rare and short, so one connection under a lock
/// does; nothing on the way of a frame comes here.
/// </summary>
internal sealed class Database : IDatabase, IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS keys (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, hash BLOB NOT NULL UNIQUE, roles INTEGER NOT NULL,
            pattern TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER NULL);
        CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL);
        DROP TABLE IF EXISTS share_epochs;
        CREATE TABLE IF NOT EXISTS links (
            id TEXT PRIMARY KEY, parent TEXT NULL, owner TEXT NOT NULL, depth INTEGER NOT NULL, kind INTEGER NOT NULL,
            name TEXT NOT NULL, hash BLOB NOT NULL UNIQUE, scopes TEXT NOT NULL, room TEXT NOT NULL,
            created INTEGER NOT NULL, expires INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS policies (room TEXT PRIMARY KEY, json TEXT NOT NULL, changed INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS policy_owners (room TEXT PRIMARY KEY, owner TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS moderation (room TEXT PRIMARY KEY, muted INTEGER NOT NULL, more TEXT NULL);
        CREATE TRIGGER IF NOT EXISTS place_ended AFTER DELETE ON links BEGIN
            DELETE FROM moderation WHERE room = old.room AND NOT EXISTS (SELECT 1 FROM links WHERE room = old.room AND kind = 2);
        END;
        CREATE TABLE IF NOT EXISTS stickers (name TEXT PRIMARY KEY, file BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS jobs (id TEXT PRIMARY KEY, created INTEGER NOT NULL, json TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS corrections (
            id TEXT PRIMARY KEY, secret BLOB NOT NULL UNIQUE, created INTEGER NOT NULL, expires INTEGER NOT NULL, state TEXT NOT NULL,
            bytes INTEGER NOT NULL, exports INTEGER NOT NULL, classes TEXT NOT NULL, json TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS feedback (
            id TEXT PRIMARY KEY, created INTEGER NOT NULL, expires INTEGER NOT NULL, thumb TEXT NOT NULL, about TEXT NOT NULL,
            words TEXT NOT NULL, correction TEXT NULL);
        CREATE TABLE IF NOT EXISTS people (
            id TEXT PRIMARY KEY, secret BLOB NOT NULL UNIQUE, created INTEGER NOT NULL, expires INTEGER NOT NULL, rooms TEXT NOT NULL,
            pictures INTEGER NOT NULL, template BLOB NOT NULL);
        """;

    private readonly SqliteConnection _connection;
    private readonly Lock _lock = new();
    private volatile bool _takesWrites = true;

    public Database(IOptions<StorageOptions> options)
    {
        Folder = Path.GetFullPath(options.Value.Folder);
        try
        {
            MakePrivateFolder(Folder);
            var file = Path.Combine(Folder, "liveface.db");
            MakePrivateFile(file);
            _connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=2");
            _connection.Open();
            // FULL: what was taken back has to stay so when the power goes right after the answer. What is deleted is overwritten.
            Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;");
            Execute(Schema);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException or StorageException)
        {
            _connection?.Dispose();
            throw new OptionsValidationException(nameof(StorageOptions), typeof(StorageOptions),
                [$"Storage:Folder: '{Folder}' cannot be used ({e.Message}). Name a folder that this user may write to."]);
        }
    }

    public string Folder { get; }

    /// <summary>Whether the last write was taken.</summary>
    public bool TakesWrites => _takesWrites;

    /// <exception cref="StorageException">The disk did not take it, because it is full or for another reason.</exception>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (_lock)
        {
            try
            {
                using var command = Prepare(sql, parameters);
                var rows = command.ExecuteNonQuery();
                _takesWrites = true;
                return rows;
            }
            catch (SqliteException e)
            {
                _takesWrites = false;
                throw new StorageException($"The server cannot write to its disk ({e.Message}).", e);
            }
        }
    }

    /// <summary>Deletes rows so that nothing of them stays in the file or in its log of writes.</summary>
    /// <exception cref="StorageException">They are still there.</exception>
    public int Forget(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var rows = Execute(sql, parameters);
        if (rows > 0)
            Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return rows;
    }

    /// <summary>Writes a row that nobody reads; whether the disk took it.</summary>
    public bool TryProbe()
    {
        try
        {
            Execute("INSERT INTO secrets (name, value) VALUES ('probe', randomblob(8)) ON CONFLICT (name) DO UPDATE SET value = randomblob(8)");
            return true;
        }
        catch (StorageException)
        {
            return false;
        }
    }

    public List<T> Query<T>(
        string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (_lock)
        {
            try
            {
                using var command = Prepare(sql, parameters);
                using var reader = command.ExecuteReader();
                var rows = new List<T>();
                while (reader.Read())
                    rows.Add(read(reader));
                return rows;
            }
            catch (SqliteException e)
            {
                throw new StorageException($"The server cannot read from its disk ({e.Message}).", e);
            }
        }
    }

    public void Dispose() => _connection.Dispose();

    private static void MakePrivateFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>SQLite gives its write-ahead files the mode of the database.</summary>
    private static void MakePrivateFile(string file)
    {
        if (OperatingSystem.IsWindows() || File.Exists(file))
            return;
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        new FileStream(file, options).Dispose();
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
