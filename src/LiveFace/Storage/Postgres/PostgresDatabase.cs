using Microsoft.Extensions.Options;
using Npgsql;

namespace LiveFace.Storage.Postgres;

/// <summary>
/// The PostgreSQL that a server and its workers on other machines share. Nothing is connected before it is first asked; what it
/// does not take is not kept, and what it takes is on its disk.
/// </summary>
internal sealed class PostgresDatabase(string connection, int seconds = PostgresDatabase.Seconds) : IDisposable
{
    /// <summary>Held by the server as long as it runs: two servers would each take the other's jobs for their own.</summary>
    private const long ServerLock = 0x4C46_6A6F_6273;

    private const int Seconds = 15;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS liveface_jobs (id text PRIMARY KEY, created bigint NOT NULL, json text NOT NULL);
        CREATE SEQUENCE IF NOT EXISTS liveface_fences;
        CREATE TABLE IF NOT EXISTS liveface_tasks (
            job text NOT NULL, round int NOT NULL, name text NOT NULL, place int NOT NULL, made timestamptz NOT NULL DEFAULT now(),
            task text NOT NULL, keyed text NOT NULL, state smallint NOT NULL DEFAULT 0, fence bigint NOT NULL DEFAULT 0, attempts int NOT NULL DEFAULT 0,
            owner text, lease timestamptz, progress text, result text, PRIMARY KEY (job, round, name));
        CREATE INDEX IF NOT EXISTS liveface_tasks_open ON liveface_tasks (made, place) WHERE state < 2;
        """;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection)
    {
        ApplicationName = "liveface", Timeout = seconds, CommandTimeout = seconds, KeepAlive = seconds, MaxPoolSize = 16,
    });

    private NpgsqlConnection? _server;

    /// <summary>Why a setting is no connection; null where it is one.</summary>
    public static string? Problem(string setting)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(setting).Host is { Length: > 0 } ? null : "must name a host, as in Host=db;Database=liveface;Username=liveface;Password=…";
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            // The setting has a password, and is not said again.
            return "must be a connection string, as Host=db;Database=liveface;Username=liveface;Password=…";
        }
    }

    /// <summary>Makes the tables of jobs.</summary>
    /// <exception cref="OptionsValidationException">It cannot be reached or used.</exception>
    public void Open(string setting)
    {
        try
        {
            // Two that begin at once would make the same table.
            Execute($"SELECT pg_advisory_xact_lock({ServerLock + 1}); {Schema}");
        }
        catch (StorageException error)
        {
            throw new OptionsValidationException(setting, typeof(PostgresDatabase), [$"{setting}: PostgreSQL cannot be used. {error.Message}"]);
        }
    }

    /// <summary>Takes it for this server, as long as the server runs.</summary>
    /// <exception cref="OptionsValidationException">Another server has it.</exception>
    public void TakeForServer(string setting)
    {
        var held = _source.OpenConnection();
        try
        {
            // The connection of a server that was killed a moment ago may still be open there.
            using var take = new NpgsqlCommand($"SET lock_timeout = '{Seconds - 1}s'; SELECT pg_advisory_lock({ServerLock})", held);
            take.ExecuteNonQuery();
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            held.Dispose();
            throw new OptionsValidationException(setting, typeof(PostgresDatabase),
                [$"{setting}: another server works with this database; one server has it, and as many 'liveface work' beside it as you like."]);
        }

        _server = held;
    }

    /// <summary>Does several statements or none of them.</summary>
    /// <exception cref="StorageException">It was not taken, or nobody knows.</exception>
    public void InOne(Action<NpgsqlConnection> work)
    {
        try
        {
            using var opened = _source.OpenConnection();
            using var transaction = opened.BeginTransaction();
            work(opened);
            transaction.Commit();
        }
        catch (Exception error) when (IsFault(error))
        {
            throw Fault(error);
        }
    }

    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancel) => _source.OpenConnectionAsync(cancel);

    /// <exception cref="StorageException">It was not taken, or nobody knows.</exception>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        try
        {
            using var command = Prepare(sql, parameters);
            return command.ExecuteNonQuery();
        }
        catch (Exception error) when (IsFault(error))
        {
            throw Fault(error);
        }
    }

    /// <exception cref="StorageException">It does not answer.</exception>
    public List<T> Query<T>(string sql, Func<NpgsqlDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
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
        catch (Exception error) when (IsFault(error))
        {
            throw Fault(error);
        }
    }

    public void Dispose()
    {
        _server?.Dispose();
        _source.Dispose();
    }

    public static bool IsFault(Exception error) => error is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException;

    private static StorageException Fault(Exception error) => new($"The database does not take it ({error.Message}).", error);

#pragma warning disable CA2100 // Every statement is a constant of this program; values go in as parameters.
    private NpgsqlCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = _source.CreateCommand(sql);
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
#pragma warning restore CA2100
}
