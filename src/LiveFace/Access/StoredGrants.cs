namespace LiveFace.Access;

/// <summary>What this server vouches for itself: keys, links, and tickets for the hub.</summary>
internal sealed class StoredGrants(Credentials credentials, HubTickets tickets)
{
    public Credential? Find(string bearer) => credentials.Find(bearer);

    public Credential? Get(string id) => credentials.Get(id);

    public Grant? TakeTicket(string ticket) => tickets.Take(ticket);

    public bool IsAlive(Grant grant, DateTimeOffset now) => credentials.IsAlive(grant, now);
}
