using System.Net;
using LiveFace.Http;
using LiveFace.Storage;
using Microsoft.Extensions.Options;

namespace LiveFace.Access;

internal enum Quota
{
    Publishers,
    Viewers,
    HubConnections,
    Uploads,
    JobEvents,
    Rooms,
}

/// <summary>
/// Counts what each key and each address holds now. A key answers for all links that were made from it, so a link to many
/// people is as bounded as its giver, at all servers of a shared database together; an address is counted here alone.
/// </summary>
internal sealed class Quotas(AccessMode mode, IOptions<QuotaOptions> options, SharedPlaces? shared = null)
{
    private const string Everybody = "";

    private readonly Dictionary<(Quota, string), int> _held = [];
    private readonly Lock _lock = new();
    private readonly SharedPlaces? _shared = shared;
    private readonly QuotaOptions _options = options.Value;

    /// <summary>Takes a place; dispose to give it back.</summary>
    /// <exception cref="ProblemException">The key or the address has as many as it may; the detail says which. Or nobody knows what the key has.</exception>
    public IDisposable Take(Quota quota, Grant grant, IPAddress? address)
    {
        var here = new List<Limit>(3);
        Limit? ofKey = null;
        if (IsCounted(grant))
        {
            ofKey = OfKey(quota, grant);
            here.Add(new Limit($"address {AddressBuckets.Site(address ?? IPAddress.None)}", PerAddress(quota), "This address, with all who share it,"));
        }

        if (quota == Quota.Uploads)
            here.Add(new Limit(Everybody, _options.Uploads, "The server"));
        return Take(quota, here, ofKey);
    }

    /// <summary>Takes a place for a room that a key brings into being.</summary>
    /// <exception cref="ProblemException">It has as many as it may, or nobody knows.</exception>
    public IDisposable TakeRoom(Grant grant) => Take(Quota.Rooms, [], IsCounted(grant) ? OfKey(Quota.Rooms, grant) : null);

    /// <summary>Takes a place at one job's events, of which admins too take so many; dispose to give it back.</summary>
    /// <exception cref="ProblemException">The job has as many as it may.</exception>
    public IDisposable TakeEventsOf(string job) => Take(Quota.JobEvents, [new Limit($"job {job}", _options.JobEventsPerJob, "This job")], null);

    private bool IsCounted(Grant grant) => mode.RequiresKey && !grant.IsAdmin;

    private Limit OfKey(Quota quota, Grant grant) => new($"key {grant.Owner}", PerKey(quota), "This key, with the links made from it,");

    private Place Take(Quota quota, List<Limit> here, Limit? ofKey)
    {
        if (_shared is null && ofKey is not null)
            here.Add(ofKey);
        lock (_lock)
        {
            foreach (var limit in here)
                if (_held.GetValueOrDefault((quota, limit.Subject)) >= limit.Most)
                    throw Reached(quota, limit);
            foreach (var limit in here)
                _held[(quota, limit.Subject)] = _held.GetValueOrDefault((quota, limit.Subject)) + 1;
        }

        var place = new Place(this, quota, [.. here.Select(limit => limit.Subject)]);
        if (_shared is null || ofKey is null)
            return place;
        try
        {
            place.Everywhere = _shared.TryTake($"{quota} {ofKey.Subject}", ofKey.Most) ?? throw Reached(quota, ofKey);
            return place;
        }
        catch (StorageException)
        {
            place.Dispose();
            throw new ProblemException(Problem.StoreUnreachable) { RetryAfterSeconds = 2 };
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    private static ProblemException Reached(Quota quota, Limit limit) =>
        new(Problem.QuotaReached, $"{limit.Whose} has {limit.Most} {Words(quota)} now, and may have no more.") { RetryAfterSeconds = quota == Quota.Rooms ? 30 : 5 };

    private int PerKey(Quota quota) => quota switch
    {
        Quota.Publishers => _options.PublishersPerKey,
        Quota.Viewers => _options.ViewersPerKey,
        Quota.HubConnections => _options.HubConnectionsPerKey,
        Quota.JobEvents => _options.JobEventsPerKey,
        Quota.Rooms => _options.RoomsPerKey,
        _ => _options.UploadsPerKey,
    };

    private int PerAddress(Quota quota) => quota switch
    {
        Quota.Publishers => _options.PublishersPerAddress,
        Quota.Viewers => _options.ViewersPerAddress,
        Quota.HubConnections => _options.HubConnectionsPerAddress,
        Quota.JobEvents => _options.JobEventsPerAddress,
        _ => _options.UploadsPerAddress,
    };

    private static string Words(Quota quota) => quota switch
    {
        Quota.Publishers => "publishing sessions",
        Quota.Viewers => "viewers",
        Quota.HubConnections => "hub connections",
        Quota.JobEvents => "readers of jobs' events",
        Quota.Rooms => "rooms",
        _ => "uploads",
    };

    private void GiveBack(Quota quota, string[] subjects)
    {
        lock (_lock)
            foreach (var subject in subjects)
                if (--_held[(quota, subject)] == 0)
                    _held.Remove((quota, subject));
    }

    private sealed record Limit(string Subject, int Most, string Whose);

    private sealed class Place(Quotas quotas, Quota quota, string[] subjects) : IDisposable
    {
        private int _given;

        /// <summary>Its number among the places of all servers.</summary>
        public long? Everywhere { get; set; }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) != 0)
                return;
            quotas.GiveBack(quota, subjects);
            if (Everywhere is { } number)
                quotas._shared!.GiveBack(number);
        }
    }
}
