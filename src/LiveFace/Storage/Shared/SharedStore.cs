using System.Data.Common;
using LiveFace.Storage.Postgres;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LiveFace.Storage.Shared;

/// <summary>What lasts, in a PostgreSQL that several servers share.</summary>
internal sealed class SharedStore : IDatabase, IDisposable
{
    private const string Setting = $"{StorageOptions.Section}:{nameof(StorageOptions.Database)}";

    /// <summary>Servers that begin at once would make the same table.</summary>
    private const long SchemaLock = 0x4C46_7374_6F72;

    private readonly PostgresDatabase _database;
    private volatile bool _takesWrites = true;

    /// <exception cref="OptionsValidationException">It cannot be reached or used.</exception>
    public SharedStore(IOptions<StorageOptions> options, ILogger<SharedStore> logger)
    {
        PostgresWait.Until(options.Value.Database!, Setting, options.Value.WaitSeconds, logger);
        var connection = new NpgsqlConnectionStringBuilder(options.Value.Database) { SearchPath = SharedSchema.Name };
        // Whoever waits for it longer than that admits nobody any more.
        _database = new PostgresDatabase(connection.ConnectionString, options.Value.StaleSeconds);
        try
        {
            // Another server that begins may be making them, on a machine that is busy: that is waited for as PostgreSQL itself is.
            using var patient = new PostgresDatabase(connection.ConnectionString, Math.Max(options.Value.StaleSeconds, options.Value.WaitSeconds));
            patient.InOne(MakeTables);
        }
        catch (StorageException error)
        {
            _database.Dispose();
            throw new OptionsValidationException(Setting, typeof(StorageOptions), [$"{Setting}: PostgreSQL cannot be used. {error.Message}"]);
        }
    }

    public bool TakesWrites => _takesWrites;

    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        try
        {
            var rows = _database.Execute(sql, parameters);
            _takesWrites = true;
            return rows;
        }
        catch (StorageException)
        {
            _takesWrites = false;
            throw;
        }
    }

    /// <summary>PostgreSQL overwrites what is deleted when it needs the room, and keeps it in its log and its backups until then.</summary>
    public int Forget(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Execute(sql, parameters);

    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        _database.Query(sql, (NpgsqlDataReader row) => read(row), parameters);

    public bool TryProbe()
    {
        try
        {
            Execute("INSERT INTO secrets (name, value) VALUES ('probe', decode(md5(random()::text), 'hex')) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
            return true;
        }
        catch (StorageException)
        {
            return false;
        }
    }

    /// <inheritdoc cref="PostgresDatabase.InOne"/>
    public void InOne(Action<NpgsqlConnection> work) => _database.InOne(work);

    /// <summary>Waits for what other servers change.</summary>
    public PostgresSignal Listen() => new(_database, SharedSchema.Channel);

    /// <summary>The number of the newest change.</summary>
    /// <exception cref="StorageException">It does not answer.</exception>
    public long Head() => Query("SELECT seq FROM head", row => row.GetInt64(0))[0];

    /// <summary>The number of the newest change, and the changes behind a number; fewer than the numbers between where some are no longer kept.</summary>
    /// <exception cref="StorageException">It does not answer.</exception>
    public (long Head, List<(string Table, string Key)> Changes) ChangesSince(long seq)
    {
        var rows = Query(
            "SELECT head.seq, changes.place, changes.subject FROM head LEFT JOIN changes ON changes.seq > @seq ORDER BY changes.seq",
            row => (Head: row.GetInt64(0), Table: row.IsDBNull(1) ? null : row.GetString(1), Key: row.IsDBNull(2) ? null : row.GetString(2)), ("@seq", seq));
        return (rows[0].Head, [.. rows.Where(row => row.Table is not null).Select(row => (row.Table!, row.Key!))]);
    }

    public void Dispose() => _database.Dispose();

#pragma warning disable CA2100 // A constant of this program.
    private static void MakeTables(NpgsqlConnection connection)
    {
        using var make = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({SchemaLock}); {SharedSchema.Make}", connection);
        make.ExecuteNonQuery();
    }
#pragma warning restore CA2100
}
