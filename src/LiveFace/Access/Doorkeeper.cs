using System.Net;
using LiveFace.Http;
using LiveFace.Storage;

namespace LiveFace.Access;

/// <summary>Turns a key into a grant, or into the reason why not.</summary>
internal sealed class Doorkeeper(
    AccessMode mode, StoredGrants stored, IEnumerable<IForeignBearer> foreign, AddressLimits limits, StoreFreshness fresh,
    TimeProvider time)
{
    private static readonly TimeSpan ForNewKeys = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly IForeignBearer[] _foreign = [.. foreign];

    public async ValueTask<(Grant? Grant, Problem? Problem)> AdmitAsync(HttpContext context, IPAddress address, Roles needed)
    {
        if (context.Features.Get<VouchedGrant>() is { } vouched)
            return await BelieveAsync(vouched, context.RequestAborted);
        if (!mode.RequiresKey)
            return (Grant.ThisMachine, null);
        if (!fresh.IsFresh)
            return (null, Problem.StoreUnreachable);
        if (Bearer.TicketFrom(context.Request) is { } ticket)
            return stored.TakeTicket(ticket) is { } held && Holds(held) ? (held, null) : Wrong(address);
        var bearer = Bearer.From(context.Request);
        if (bearer is not null && stored.Find(bearer) is { } own)
            return Admit(own, bearer, address);
        if (Array.Find(_foreign, f => f.Reads(bearer)) is not { } vouching)
            return bearer is null ? (null, Problem.KeyRequired) : Wrong(address);
        return await AskAsync(vouching, context, bearer, address, needed);
    }

    /// <summary>For whoever was let in earlier and asks for something else now.</summary>
    /// <exception cref="ProblemException">Nobody knows now what was taken back.</exception>
    public void RequireFresh(Grant grant)
    {
        if (grant.Credential is not null && !fresh.IsFresh)
            throw new ProblemException(Problem.StoreUnreachable);
    }

    /// <summary>Whether a grant that was given earlier still holds.</summary>
    public bool Holds(Grant grant) => stored.IsAlive(grant, time.GetUtcNow());

    /// <summary>What another node found; a key or link that was made there a moment ago may not be known here yet.</summary>
    private async ValueTask<(Grant? Grant, Problem? Problem)> BelieveAsync(VouchedGrant vouched, CancellationToken cancel)
    {
        // The node that found it knows that it stands; this one has to know as well, because it is this one that ends what it opens.
        if (vouched.Credential is not null && !fresh.IsFresh)
            return (null, Problem.StoreUnreachable);
        Grant? grant = null;
        var began = time.GetTimestamp();
        while ((grant = vouched.Credential is { } id ? stored.Get(id)?.ToGrant() : vouched.ToGrant()) is null && time.GetElapsedTime(began) < ForNewKeys)
            await Task.Delay(BetweenLooks, time, cancel);
        return grant is null ? (null, Problem.KeyInvalid) : grant.IsExpired(time.GetUtcNow()) ? (null, Problem.KeyExpired) : (grant, null);
    }

    private async ValueTask<(Grant? Grant, Problem? Problem)> AskAsync(
        IForeignBearer vouching, HttpContext context, string? bearer, IPAddress address, Roles needed)
    {
        if (limits.IsBarred(address))
            return (null, Problem.TooManyRequests);
        var room = context.GetRouteValue("room") as string
            ?? (context.GetRouteValue("meeting") is string meeting ? RoomPattern.OfMeeting(meeting).Text : null);
        var asked = new ForeignRequest(bearer, address, needed, room, context.Request.Path.StartsWithSegments("/hub"));
        var (grant, problem) = await vouching.AdmitAsync(asked, context.RequestAborted);
        if (problem == Problem.KeyInvalid)
            return bearer is null ? (null, Problem.KeyRequired) : Wrong(address);
        return (grant, problem);
    }

    private (Grant? Grant, Problem? Problem) Admit(Credential found, string bearer, IPAddress address)
    {
        // Nobody guesses 32 random bytes, so those are looked at always. A configured key may be a phrase.
        if (limits.IsBarred(address) && !KeyText.IsRandom(bearer) && !limits.Remembers(address, found.Id))
            return (null, Problem.TooManyRequests);
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
