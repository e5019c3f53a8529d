using System.Collections.Concurrent;

namespace LiveFace.Access;

/// <summary>
/// Browsers cannot set headers on a WebSocket, and a key in an address ends up in logs. So a page fetches a ticket with its
/// key in a header, and opens the hub with that: good once, for half a minute, for what the key is good for.
/// </summary>
internal sealed class HubTickets(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private const int MostWaiting = 10_000;

    private readonly ConcurrentDictionary<string, (Grant Grant, long MadeAt)> _waiting = new(StringComparer.Ordinal);

    /// <summary>Null when too many have not been used yet.</summary>
    public string? Make(Grant grant)
    {
        if (_waiting.Count >= MostWaiting)
            foreach (var (old, (_, madeAt)) in _waiting)
                if (time.GetElapsedTime(madeAt) > Lifetime)
                    _waiting.TryRemove(old, out _);
        if (_waiting.Count >= MostWaiting)
            return null;
        var ticket = KeyText.Make(KeyText.TicketPrefix);
        _waiting[ticket] = (grant, time.GetTimestamp());
        return ticket;
    }

    public Grant? Take(string ticket) =>
        _waiting.TryRemove(ticket, out var held) && time.GetElapsedTime(held.MadeAt) <= Lifetime ? held.Grant : null;
}
