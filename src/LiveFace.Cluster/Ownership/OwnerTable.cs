using Npgsql;

namespace LiveFace.Cluster.Ownership;

/// <summary>
/// Nodes with their leases, and rooms with their owners, in PostgreSQL: the one place that says who owns a room, by its own clock alone.
/// <para>
/// A tenure is one life of a node: it begins once, its lease is renewed while it lasts, and it ends for good when its row goes. A node
/// whose lease is over is ended before one of its rooms is given to another, so that it can never renew after that. A room is taken
/// from the owner that was seen, by its epoch, and from no other: of two that try, one does.
/// </para>
/// </summary>
public sealed class OwnerTable : IAsyncDisposable
{
    private const int Seconds = 3;

    /// <summary>Two that begin at once would make the same table. Held until the statements are committed together.</summary>
    private const long SchemaLock = 0x4C46_6F77_6E65;

    private const string Schema = """
        CREATE SEQUENCE IF NOT EXISTS liveface_epochs;
        CREATE TABLE IF NOT EXISTS liveface_nodes (
            node text PRIMARY KEY, tenure bigint NOT NULL UNIQUE, address text NOT NULL, lease timestamptz NOT NULL, url text,
            load real NOT NULL DEFAULT 0, cost real NOT NULL DEFAULT 0, serving boolean NOT NULL DEFAULT false);
        ALTER TABLE liveface_nodes ADD COLUMN IF NOT EXISTS region text, ADD COLUMN IF NOT EXISTS gpu text, ADD COLUMN IF NOT EXISTS models text[];
        CREATE TABLE IF NOT EXISTS liveface_owners (
            room text PRIMARY KEY, tenure bigint NOT NULL, epoch bigint NOT NULL, claimed timestamptz NOT NULL DEFAULT clock_timestamp());
        ALTER TABLE liveface_owners ADD COLUMN IF NOT EXISTS policy text;
        CREATE INDEX IF NOT EXISTS liveface_owners_tenure ON liveface_owners (tenure);
        """;

    private readonly NpgsqlDataSource _source;

    /// <summary>Nothing is connected before it is first asked.</summary>
    public OwnerTable(string connection) => _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection)
    {
        ApplicationName = "liveface cluster", Timeout = Seconds, CommandTimeout = Seconds, CancellationTimeout = 500, KeepAlive = Seconds, MaxPoolSize = 16,
    });

    /// <summary>Why a setting is no connection; null where it is one. It has a password, and is not repeated.</summary>
    public static string? Problem(string setting)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(setting).Host is { Length: > 0 } ? null : "must name a host, as in Host=db;Database=liveface;Username=liveface;Password=…";
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            return "must be a connection string, as Host=db;Database=liveface;Username=liveface;Password=…";
        }
    }

    /// <summary>Makes the tables where they are not there.</summary>
    /// <exception cref="ClusterException">It does not answer, as all others here.</exception>
    public Task OpenAsync(CancellationToken cancel) =>
        ExecuteAsync($"SELECT pg_advisory_xact_lock({SchemaLock}); {Schema}", cancel);

    /// <summary>Begins a tenure under a name that no node has now; null while one has.</summary>
    public async Task<long?> BeginAsync(string node, NodeIdentity identity, TimeSpan lease, CancellationToken cancel) => (await QueryAsync(
        """
        INSERT INTO liveface_nodes (node, tenure, address, url, region, gpu, models, lease)
        VALUES (@node, nextval('liveface_epochs'), @address, @url, @region, @gpu, @models, clock_timestamp() + @lease)
        ON CONFLICT (node) DO UPDATE SET tenure = EXCLUDED.tenure, address = EXCLUDED.address, url = EXCLUDED.url, lease = EXCLUDED.lease,
        region = EXCLUDED.region, gpu = EXCLUDED.gpu, models = EXCLUDED.models,
        load = 0, cost = 0, serving = false WHERE liveface_nodes.lease < clock_timestamp() RETURNING tenure
        """,
        row => (long?)row.GetInt64(0), cancel,
        ("node", node), ("address", identity.Address.ToString()), ("url", OrNull(identity.Url?.ToString())), ("region", OrNull(identity.Offer.Region)),
        ("gpu", OrNull(identity.Offer.Gpu)), ("models", OrNull(identity.Offer.Models?.ToArray())), ("lease", lease)).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>Goes on with a tenure whose lease is not over, and says how the node is; false where it has ended, for good.</summary>
    public async Task<bool> RenewAsync(long tenure, TimeSpan lease, NodeReport report, CancellationToken cancel) => await ExecuteAsync(
        """
        UPDATE liveface_nodes SET lease = clock_timestamp() + @lease, load = @load, cost = @cost, serving = @serving
        WHERE tenure = @tenure AND lease > clock_timestamp()
        """,
        cancel, ("tenure", tenure), ("lease", lease), ("load", report.Load), ("cost", report.RoomCost), ("serving", report.Serving)).ConfigureAwait(false) > 0;

    /// <summary>Ends a tenure, whose rooms are free from then on.</summary>
    public Task EndAsync(long tenure, CancellationToken cancel) =>
        ExecuteAsync("DELETE FROM liveface_nodes WHERE tenure = @tenure", cancel, ("tenure", tenure));

    /// <summary>Rooms of a tenure, each with its epoch.</summary>
    public Task<List<(string Room, long Epoch)>> HeldAsync(long tenure, CancellationToken cancel) => QueryAsync(
        "SELECT room, epoch FROM liveface_owners WHERE tenure = @tenure", row => (row.GetString(0), row.GetInt64(1)), cancel, ("tenure", tenure));

    /// <summary>The room's owner as far as one is alive.</summary>
    public async Task<RoomOwner?> FindAsync(string room, CancellationToken cancel) => await ReadAsync(room, cancel).ConfigureAwait(false) is { IsAlive: true } seat
        ? seat.Owner(room)
        : null;

    /// <summary>All rooms that have an owner who is alive.</summary>
    public Task<List<RoomOwner>> AllAsync(CancellationToken cancel) => QueryAsync(
        """
        SELECT o.room, n.node, n.address, o.epoch FROM liveface_owners o JOIN liveface_nodes n USING (tenure)
        WHERE n.lease > clock_timestamp() ORDER BY o.room LIMIT 10000
        """,
        row => new RoomOwner(row.GetString(0), row.GetString(1), new Uri(row.GetString(2)), row.GetInt64(3)), cancel);

    /// <summary>Nodes whose lease is not over, with how they are, and the rooms that each took within the time that a report may take to show them.</summary>
    public Task<List<NodeStanding>> NodesAsync(CancellationToken cancel) => QueryAsync(
        """
        SELECT n.node, n.address, n.url, n.load, n.cost, n.serving, count(o.room)::int,
            (count(o.room) FILTER (WHERE o.claimed > clock_timestamp() - @recent))::int, n.region, n.gpu, n.models
        FROM liveface_nodes n LEFT JOIN liveface_owners o USING (tenure) WHERE n.lease > clock_timestamp() GROUP BY n.node ORDER BY n.node
        """,
        row => new NodeStanding(
            row.GetString(0), new Uri(row.GetString(1)), row.IsDBNull(2) ? null : new Uri(row.GetString(2)),
            new NodeReport(row.GetFloat(3), row.GetFloat(4), row.GetBoolean(5)), row.GetInt32(6), row.GetInt32(7),
            new NodeOffer(
                row.IsDBNull(8) ? null : row.GetString(8), row.IsDBNull(9) ? null : row.GetString(9), row.IsDBNull(10) ? null : row.GetFieldValue<string[]>(10))),
        cancel, ("recent", NodeStanding.Recent));

    /// <summary>Takes a room for a tenure if nobody alive has it; gives whoever has it then.</summary>
    public async Task<(RoomOwner Owner, long Tenure)> ClaimAsync(string room, long tenure, CancellationToken cancel)
    {
        while (true)
        {
            var seat = await ReadAsync(room, cancel).ConfigureAwait(false);
            if (seat is { IsAlive: true })
                return (seat.Owner(room), seat.Tenure);

            // First the node is ended, if it has not renewed meanwhile, then its room is free.
            if (seat is { Node: not null } && await ExecuteAsync(
                "DELETE FROM liveface_nodes WHERE tenure = @tenure AND lease < clock_timestamp()", cancel, ("tenure", seat.Tenure)).ConfigureAwait(false) == 0)
                continue;
            var taken = seat is null
                ? await ExecuteAsync(
                    """
                    INSERT INTO liveface_owners (room, tenure, epoch) SELECT @room, tenure, nextval('liveface_epochs') FROM liveface_nodes
                    WHERE tenure = @tenure AND lease > clock_timestamp() ON CONFLICT (room) DO NOTHING
                    """,
                    cancel, ("room", room), ("tenure", tenure)).ConfigureAwait(false)
                : await ExecuteAsync(
                    """
                    UPDATE liveface_owners SET tenure = @tenure, epoch = nextval('liveface_epochs'), claimed = clock_timestamp() WHERE room = @room AND epoch = @seen
                    AND EXISTS (SELECT 1 FROM liveface_nodes n WHERE n.tenure = @tenure AND n.lease > clock_timestamp())
                    """,
                    cancel, ("room", room), ("tenure", tenure), ("seen", seat.Epoch)).ConfigureAwait(false);
            if (taken == 0 && !await IsAliveAsync(tenure, cancel).ConfigureAwait(false))
                throw new ClusterException("This node's lease is over.");
        }
    }

    /// <summary>What the room's last owner noted of its policy; whoever takes the room has it too.</summary>
    public string? FindPolicy(string room)
    {
        try
        {
            using var command = Prepare("SELECT policy FROM liveface_owners WHERE room = @room", [("room", room)]);
            return command.ExecuteScalar() as string;
        }
        catch (Exception error) when (IsFault(error))
        {
            throw Away(error);
        }
    }

    /// <summary>Notes a policy under an epoch; false where the room has another one.</summary>
    public bool TryNotePolicy(string room, long epoch, string? policy)
    {
        try
        {
            using var command = Prepare(
                "UPDATE liveface_owners SET policy = @policy WHERE room = @room AND epoch = @epoch", [("room", room), ("epoch", epoch), ("policy", OrNull(policy))]);
            return command.ExecuteNonQuery() == 1;
        }
        catch (Exception error) when (IsFault(error))
        {
            throw Away(error);
        }
    }

    /// <summary>Gives a room up that is still held under this epoch.</summary>
    public Task ReleaseAsync(string room, long epoch, CancellationToken cancel) =>
        ExecuteAsync("DELETE FROM liveface_owners WHERE room = @room AND epoch = @epoch", cancel, ("room", room), ("epoch", epoch));

    /// <summary>
    /// Forgets rooms whose owners have ended. By epoch: a room that was taken anew meanwhile has another one, and stays.
    /// </summary>
    public Task SweepAsync(TimeSpan lease, CancellationToken cancel) => ExecuteAsync(
        """
        DELETE FROM liveface_nodes WHERE lease < clock_timestamp() - @lease;
        DELETE FROM liveface_owners WHERE epoch IN (
            SELECT o.epoch FROM liveface_owners o LEFT JOIN liveface_nodes n USING (tenure) WHERE n.tenure IS NULL LIMIT 1000);
        """,
        cancel, ("lease", lease));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<bool> IsAliveAsync(long tenure, CancellationToken cancel) => (await QueryAsync(
        "SELECT 1 FROM liveface_nodes WHERE tenure = @tenure AND lease > clock_timestamp()", _ => true, cancel, ("tenure", tenure)).ConfigureAwait(false)).Count > 0;

    private async Task<Seat?> ReadAsync(string room, CancellationToken cancel) => (await QueryAsync(
        """
        SELECT o.tenure, o.epoch, n.node, n.address, COALESCE(n.lease >= clock_timestamp(), false)
        FROM liveface_owners o LEFT JOIN liveface_nodes n USING (tenure) WHERE o.room = @room
        """,
        row => new Seat(row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetBoolean(4)),
        cancel, ("room", room)).ConfigureAwait(false)).FirstOrDefault();

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancel, params (string Name, object Value)[] values)
    {
        try
        {
            await using var command = Prepare(sql, values);
            return await command.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception error) when (IsFault(error))
        {
            throw Away(error);
        }
    }

    private async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params (string Name, object Value)[] values)
    {
        try
        {
            await using var command = Prepare(sql, values);
            await using var reader = await command.ExecuteReaderAsync(cancel).ConfigureAwait(false);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancel).ConfigureAwait(false))
                rows.Add(read(reader));
            return rows;
        }
        catch (Exception error) when (IsFault(error))
        {
            throw Away(error);
        }
    }

    private static ClusterException Away(Exception error) => new("The cluster's database does not answer.", error);

    private static object OrNull(object? value) => value ?? DBNull.Value;

    private static bool IsFault(Exception error) => error is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException;

#pragma warning disable CA2100 // Every statement is a constant of this program; values go in as parameters.
    private NpgsqlCommand Prepare(string sql, (string Name, object Value)[] values)
    {
        var command = _source.CreateCommand(sql);
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
#pragma warning restore CA2100

    private sealed record Seat(long Tenure, long Epoch, string? Node, string? Address, bool IsAlive)
    {
        public RoomOwner Owner(string room) => new(room, Node!, new Uri(Address!), Epoch);
    }
}
