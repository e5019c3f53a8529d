using System.Net;
using LiveFace.Api;

namespace LiveFace.Access;

/// <summary>Turns a key into a grant, or into the reason why not.</summary>
internal sealed class Doorkeeper(
    AccessMode mode, Credentials credentials, HubTickets tickets, AddressLimits limits, TimeProvider time)
{
    public ValueTask<(Grant? Grant, Problem? Problem)> AdmitAsync(HttpContext context, IPAddress address)
    {
        if (!mode.RequiresKey)
            return ValueTask.FromResult<(Grant?, Problem?)>((Grant.ThisMachine, null));
        if (Bearer.TicketFrom(context.Request) is { } ticket)
            return ValueTask.FromResult(tickets.Take(ticket) is { } held && Holds(held) ? (held, null) : Wrong(address));
        if (Bearer.From(context.Request) is not { } bearer)
            return ValueTask.FromResult<(Grant?, Problem?)>((null, Problem.KeyRequired));
        return ValueTask.FromResult(Admit(bearer, address));
    }

    /// <summary>Whether a grant that was given earlier still holds.</summary>
    public bool Holds(Grant grant) => credentials.IsAlive(grant, time.GetUtcNow());

    private (Grant? Grant, Problem? Problem) Admit(string bearer, IPAddress address)
    {
        var found = credentials.Find(bearer);

        // Nobody guesses 32 random bytes, so those are looked at always. A configured key may be a phrase.
        if (limits.IsBarred(address) && !KeyText.IsRandom(bearer) && (found is null || !limits.Remembers(address, found.Id)))
            return (null, Problem.TooManyRequests);
        if (found is null)
            return Wrong(address);
        var grant = found.ToGrant();
        if (grant.IsExpired(time.GetUtcNow()))
            return (null, Problem.KeyExpired);
        limits.Remember(address, found.Id);
        return (grant, null);
    }

    private (Grant? Grant, Problem? Problem) Wrong(IPAddress address)
    {
        if (limits.IsBarred(address))
            return (null, Problem.TooManyRequests);
        limits.TakeFailure(address);
        return (null, Problem.KeyInvalid);
    }
}
