using System.Collections.Concurrent;
using LiveFace.Storage;
using LiveFace.Storage.Shared;
using Npgsql;

namespace LiveFace.Access;

/// <summary>
/// What keys hold at all servers that share a database: a row for each place. Whoever takes one holds the key's lock while it counts and writes, so of two
/// who would take the last place one does. Places of a server count as long as it is heard of; one that comes back has them again.
/// </summary>
internal sealed class SharedPlaces(SharedStore store, PlaceSpan span, TimeProvider time) : IStoreBeat, IDisposable
{
    /// <summary>The first half of the locks' names; the second is the key's.</summary>
    private const int LockSpace = 0x4C46_706C;

    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(3);

    private readonly string _server = Guid.NewGuid().ToString("N");

    /// <summary>What is held here, and what is being taken: null there.</summary>
    private readonly ConcurrentDictionary<long, string?> _places = new();
    private readonly ConcurrentQueue<long> _returned = new();
    private long _last;
    private long _toldAt;
    private volatile bool _isKnown;

    /// <summary>Takes a place; null where there are as many as there may be.</summary>
    /// <exception cref="StorageException">Nobody knows how many there are.</exception>
    public long? TryTake(string subject, int most)
    {
        if (!_isKnown)
            Tell();
        var number = Interlocked.Increment(ref _last);
        long[] returned = [.. Returned()];
        _places[number] = null;
        try
        {
            var taken = false;
            store.InOne(connection => taken = TryInsert(connection, number, subject, most, returned));
            if (!taken)
                _places.TryRemove(number, out _);
            else
                _places[number] = subject;
            return taken ? number : null;
        }
        catch (StorageException)
        {
            // It may be there all the same.
            _places.TryRemove(number, out _);
            foreach (var one in (long[])[.. returned, number])
                _returned.Enqueue(one);
            throw;
        }
    }

    /// <summary>Holds up nobody: the row goes before the next place is taken here, or within half a second.</summary>
    public void GiveBack(long number)
    {
        _places.TryRemove(number, out _);
        _returned.Enqueue(number);
    }

    public void Beat()
    {
        if (!_isKnown || time.GetElapsedTime(_toldAt) >= Repeat)
            Tell();
        else if (!_returned.IsEmpty)
            Forget([.. Returned()]);
    }

    /// <summary>A server that stops in peace leaves nothing behind.</summary>
    public void Dispose()
    {
        try
        {
            store.Execute("DELETE FROM place_servers WHERE server = @server; DELETE FROM places WHERE server = @server", ("@server", _server));
        }
        catch (StorageException)
        {
            // Its time runs out.
        }
    }

    private bool TryInsert(NpgsqlConnection connection, long number, string subject, int most, long[] returned)
    {
        // The second statement sees what was there when it had the lock.
        using var locked = new NpgsqlCommand(
            "SELECT pg_advisory_xact_lock(@space, hashtext(@subject)); DELETE FROM places WHERE server = @server AND number = ANY(@returned)", connection);
        locked.Parameters.AddWithValue("@space", LockSpace);
        locked.Parameters.AddWithValue("@subject", subject);
        locked.Parameters.AddWithValue("@server", _server);
        locked.Parameters.AddWithValue("@returned", returned);
        locked.ExecuteNonQuery();
        using var insert = new NpgsqlCommand(
            """
            INSERT INTO places (server, number, subject) SELECT @server, @number, @subject WHERE @most > (
                SELECT count(*) FROM places LEFT JOIN place_servers USING (server)
                WHERE subject = @subject AND (server = @server OR until > clock_timestamp()))
            """,
            connection);
        insert.Parameters.AddWithValue("@server", _server);
        insert.Parameters.AddWithValue("@number", number);
        insert.Parameters.AddWithValue("@subject", subject);
        insert.Parameters.AddWithValue("@most", most);
        return insert.ExecuteNonQuery() == 1;
    }

    private IEnumerable<long> Returned()
    {
        while (_returned.TryDequeue(out var number))
            yield return number;
    }

    private void Forget(long[] numbers)
    {
        try
        {
            store.Execute("DELETE FROM places WHERE server = @server AND number = ANY(@numbers)", ("@server", _server), ("@numbers", numbers));
        }
        catch (StorageException)
        {
            foreach (var number in numbers)
                _returned.Enqueue(number);
            throw;
        }
    }

    /// <summary>
    /// Says that this server is there. Where others had forgotten it, what it holds is written anew; what it no longer holds and is there all the same goes.
    /// </summary>
    private void Tell()
    {
        var last = Interlocked.Read(ref _last);
        var isNew = store.Query(
            """
            INSERT INTO place_servers (server, until) VALUES (@server, clock_timestamp() + @span)
            ON CONFLICT (server) DO UPDATE SET until = excluded.until RETURNING (xmax = 0)
            """,
            row => row.GetBoolean(0), ("@server", _server), ("@span", span.Length))[0];
        var held = _places.ToArray();
        if (isNew)
            foreach (var (number, subject) in held)
                if (subject is not null)
                    store.Execute(
                        "INSERT INTO places (server, number, subject) VALUES (@server, @number, @subject) ON CONFLICT DO NOTHING",
                        ("@server", _server), ("@number", number), ("@subject", subject));
        store.Execute(
            """
            DELETE FROM places WHERE server = @server AND number <= @last AND NOT number = ANY(@held);
            DELETE FROM place_servers WHERE until < clock_timestamp() - interval '5 minutes';
            DELETE FROM places WHERE server <> @server AND NOT EXISTS (SELECT 1 FROM place_servers WHERE place_servers.server = places.server);
            """,
            ("@server", _server), ("@last", last), ("@held", held.Select(one => one.Key).ToArray()));
        (_toldAt, _isKnown) = (time.GetTimestamp(), true);
    }
}

/// <summary>How long the places of a server that is not heard of count: as long as what holds them may go on there.</summary>
internal sealed record PlaceSpan(TimeSpan Length);
