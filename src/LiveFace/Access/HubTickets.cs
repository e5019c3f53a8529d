using System.Collections.Concurrent;
using System.Data.Common;
using LiveFace.Storage;

namespace LiveFace.Access;

/// <summary>
/// Browsers cannot set headers on a WebSocket, and a key in an address ends up in logs. So a page fetches a ticket with its
/// key in a header, and opens the hub with that: good once, for half a minute, for what the key is good for. Where servers share a database
/// it is good at any of them, but for the word of a hook, which only the server that asked it can ask again.
/// </summary>
internal sealed class HubTickets(IDatabase? shared, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private const int MostWaiting = 10_000;

    private readonly ConcurrentDictionary<string, (Grant Grant, long MadeAt)> _waiting = new(StringComparer.Ordinal);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Null when too many have not been used yet.</summary>
    /// <exception cref="StorageException">It is not kept.</exception>
    public string? Make(Grant grant)
    {
        var ticket = KeyText.Make(KeyText.TicketPrefix);
        return (shared is not null && grant.Recheck is null ? TryShare(shared, ticket, grant) : TryKeep(ticket, grant)) ? ticket : null;
    }

    /// <exception cref="StorageException">The database does not answer.</exception>
    public Grant? Take(string ticket)
    {
        if (_waiting.TryRemove(ticket, out var held))
            return time.GetElapsedTime(held.MadeAt) <= Lifetime ? held.Grant : null;
        return shared?.Query(
            "DELETE FROM tickets WHERE hash = @hash AND ends > @now RETURNING name, scopes, expires, credential, owner, link", Read,
            ("@hash", KeyText.Hash(ticket)), ("@now", Now)).FirstOrDefault();
    }

    private bool TryKeep(string ticket, Grant grant)
    {
        if (_waiting.Count >= MostWaiting)
            foreach (var (old, (_, madeAt)) in _waiting)
                if (time.GetElapsedTime(madeAt) > Lifetime)
                    _waiting.TryRemove(old, out _);
        if (_waiting.Count >= MostWaiting)
            return false;
        _waiting[ticket] = (grant, time.GetTimestamp());
        return true;
    }

    private bool TryShare(IDatabase database, string ticket, Grant grant)
    {
        database.Execute("DELETE FROM tickets WHERE ends <= @now", ("@now", Now));
        return database.Execute(
            """
            INSERT INTO tickets (hash, name, scopes, expires, credential, owner, link, ends)
            SELECT @hash, @name, @scopes, CAST(@expires AS bigint), CAST(@credential AS text), @owner, @link, @ends
            WHERE (SELECT COUNT(*) FROM tickets) < @most
            """,
            ("@hash", KeyText.Hash(ticket)), ("@name", grant.Name), ("@scopes", Scope.Write(grant.Scopes)), ("@expires", grant.Expires?.UtcTicks),
            ("@credential", grant.Credential), ("@owner", grant.Owner), ("@link", grant.IsLink), ("@ends", Now + (long)Lifetime.TotalMilliseconds),
            ("@most", MostWaiting)) > 0;
    }

    private static Grant Read(DbDataReader row) => new(
        row.GetString(0), Scope.Read(row.GetString(1)), row.IsDBNull(2) ? null : new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero))
    {
        Credential = row.IsDBNull(3) ? null : row.GetString(3), Owner = row.GetString(4), IsLink = row.GetBoolean(5),
    };
}
